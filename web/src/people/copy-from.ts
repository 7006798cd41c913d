/** Copies a field's text. Resolves to whether that worked; otherwise the text is selected, for the person to copy. */
export async function copyFrom(field: HTMLInputElement): Promise<boolean> {
  field.select()
  // On plain http, except on localhost, browsers have no clipboard API, so an office network needs the old command.
  if (!window.isSecureContext) return document.execCommand('copy')
  try {
    await navigator.clipboard.writeText(field.value)
    return true
  } catch {
    return document.execCommand('copy')
  }
}
