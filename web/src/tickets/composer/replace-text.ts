/** Replaces a part of a field as typing does, so that the browser can undo it. */
export function replaceText(
  field: HTMLTextAreaElement,
  [from, to]: readonly [number, number],
  text: string,
): void {
  field.focus()
  field.setSelectionRange(from, to)
  // Nothing else that scripts can do to a field is undone by Ctrl+Z.
  // oxlint-disable-next-line typescript/no-deprecated
  if (document.execCommand(text === '' ? 'delete' : 'insertText', false, text)) return
  field.setRangeText(text, from, to, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}

/** Puts in a block of Markdown in place of the selection, apart from the lines before and after. */
export function insertBlock(field: HTMLTextAreaElement, block: string): void {
  const { value, selectionStart, selectionEnd } = field
  const before = value.slice(0, selectionStart).replace(/[ \t]+$/, '')
  const after = value.slice(selectionEnd)
  const above =
    before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n'
  const below = after.startsWith('\n\n') ? '' : after.startsWith('\n') ? '\n' : '\n\n'
  replaceText(field, [selectionStart, selectionEnd], above + block + below)
}
