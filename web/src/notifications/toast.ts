import { sayError } from '../ui/say-error.ts'
import { toastStore } from './toast-store.ts'

interface ShortWord {
  title?: string
  message: string
}

/** A short word in the corner, for what the person cannot see on the page. */
export function toast({ title, message }: ShortWord) {
  toastStore.show(title === undefined ? { title: message } : { title, line: message })
}

/** Says that something did not work, and why. Nothing was lost: whoever calls this keeps what was typed. */
export function toastError(title: string, error: unknown) {
  toastStore.show({ title, line: sayError(error), tone: 'error', lastsMs: 8000 })
}
