import { toast } from '../../../notifications/toast.ts'

/** Copies the address of a page of the desk, and says so; where that is not allowed, shows it. */
export async function copyAddress(path: string, copied: string): Promise<void> {
  const url = new URL(path, window.location.href).href
  if (await copyText(url)) toast(copied)
  else toast('This browser does not let Deskbell copy. Here is the link:', url)
}

/** Whether it worked: on plain http the clipboard is not there at all. */
async function copyText(text: string): Promise<boolean> {
  if (!window.isSecureContext) return false
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
