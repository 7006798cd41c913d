import { toast } from '../../../notifications/toast.ts'

/** Copies the address of a page of the desk and says so; shows the address where copying is not allowed. */
export async function copyAddress(path: string, copied: string): Promise<void> {
  const url = new URL(path, window.location.href).href
  if (await copyText(url)) toast(copied)
  else toast('This browser does not let Deskbell copy. Here is the link:', url)
}

/** Resolves to whether it worked: on plain http browsers have no clipboard API. */
async function copyText(text: string): Promise<boolean> {
  if (!window.isSecureContext) return false
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
