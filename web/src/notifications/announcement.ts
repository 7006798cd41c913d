import type { Toast } from './toast-store.ts'

/** What a screen reader says of the toasts that are newer than `heard`, a version: each in one sentence. */
export function announcement(toasts: readonly Toast[], heard: number): string {
  return toasts
    .filter(({ version }) => version > heard)
    .map(({ title, lines, burst }) => {
      const last = burst.size > 0 ? undefined : lines.at(-1)
      return last === undefined ? title : `${title}: ${last}`
    })
    .join('. ')
}
