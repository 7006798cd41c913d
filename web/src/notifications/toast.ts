import { sayError } from '../ui/say-error.ts'
import { toastStore } from './toast-store.ts'

/** Shows a short message in the corner, about something that the page does not show. */
export function toast(title: string, line?: string) {
  toastStore.show(line === undefined ? { title } : { title, line })
}

/** Says that something failed, and why. The caller keeps what the person typed, so nothing is lost. */
export function toastError(title: string, error: unknown) {
  toastStore.show({ title, line: sayError(error), tone: 'error', lastsMs: 8000 })
}
