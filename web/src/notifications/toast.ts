import { sayError } from '../ui/say-error.ts'
import { toastStore } from './toast-store.ts'

/** A short word in the corner, for what the person cannot see on the page. */
export function toast(title: string, line?: string) {
  toastStore.show(line === undefined ? { title } : { title, line })
}

/** Says that something did not work, and why. Nothing was lost: whoever calls this keeps what was typed. */
export function toastError(title: string, error: unknown) {
  toastStore.show({ title, line: sayError(error), tone: 'error', lastsMs: 8000 })
}
