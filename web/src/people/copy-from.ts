/** Copies a field's text. Answers whether it worked; else it is selected, for the person to copy. */
export async function copyFrom(field: HTMLInputElement): Promise<boolean> {
  field.select()
  // There is no clipboard API on plain http but for localhost: an office network has the old command only.
  if (!window.isSecureContext) return document.execCommand('copy')
  try {
    await navigator.clipboard.writeText(field.value)
    return true
  } catch {
    return document.execCommand('copy')
  }
}
