/** Where a line begins and ends at a place of a field's text, in pixels from the field's corner. */
export interface CaretPlace {
  left: number
  top: number
  height: number
}

/** Browsers do not say where a character of a field stands: an invisible copy of the text before it does. */
export function caretPlace(field: HTMLTextAreaElement, at: number): CaretPlace {
  const style = getComputedStyle(field)
  const copy = document.createElement('div')
  for (const name of copied) copy.style.setProperty(name, style.getPropertyValue(name))
  Object.assign(copy.style, { position: 'absolute', visibility: 'hidden', whiteSpace: 'pre-wrap' })
  copy.style.width = `${field.clientWidth}px`
  copy.textContent = field.value.slice(0, at)
  const mark = document.createElement('span')
  mark.textContent = '@'
  copy.append(mark)
  field.after(copy)
  const { offsetLeft: left, offsetTop, offsetHeight: height } = mark
  copy.remove()
  const top = Math.min(Math.max(0, offsetTop - field.scrollTop), field.clientHeight - height)
  return { left, top, height }
}

const copied = [
  'box-sizing',
  'padding',
  'direction',
  'text-align',
  'font',
  'letter-spacing',
  'line-height',
  'overflow-wrap',
  'tab-size',
]
