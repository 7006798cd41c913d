export interface Toast {
  id: string
  /** `done`: what the person did themselves. */
  tone: 'plain' | 'error' | 'urgent' | 'done'
  title: string
  /** The sentences of the toast, oldest first. */
  lines: readonly string[]
  /** Clicking the toast opens this ticket. */
  ticketNumber: number | undefined
  /** A button; `keys` do the same, in the form that `useShortcut` takes. */
  action: { label: string; keys: string; run: () => void } | undefined
  lastsMs: number
  /** Grows with each new line and restarts the timer. */
  version: number
}

/** A toast to show. If a toast on the screen has the same id, its line is added to that one. */
export type NewToast = Partial<Omit<Toast, 'lines' | 'version'>> & { title: string; line?: string }

const atMost = 3

function createToastStore() {
  let toasts: readonly Toast[] = []
  let made = 0
  const listeners = new Set<() => void>()

  function put(next: readonly Toast[]) {
    toasts = next
    for (const listener of listeners) listener()
  }

  return {
    current: () => toasts,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    show: ({ line, ...toast }: NewToast) => {
      made += 1
      const id = toast.id ?? `toast-${made}`
      const shown = toasts.find((other) => other.id === id)
      const lines = [...(shown?.lines ?? []), ...(line === undefined ? [] : [line])]
      const next: Toast = {
        tone: 'plain',
        ticketNumber: undefined,
        action: undefined,
        lastsMs: 5000,
        ...toast,
        id,
        lines,
        version: made,
      }
      if (shown === undefined) put([...toasts, next].slice(-atMost))
      else put(toasts.map((other) => (other === shown ? next : other)))
    },
    dismiss: (id: string) => put(toasts.filter((toast) => toast.id !== id)),
    dismissAll: () => put([]),
  }
}

/** One store per window, like the corner that shows it. */
export const toastStore = createToastStore()
