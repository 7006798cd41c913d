import type { Alert, AlertWords } from './alert-store.ts'

/** Notifications of the desktop that this tab has shown: one a ticket, the newest in place of the others. */
export interface DesktopNotifications {
  show(alert: Alert, words: AlertWords): void
  /** The ticket was seen, or is out of reach. */
  close(ticketId: string): void
  closeAll(): void
}

/** `open`: the person clicked; the window has the focus by then. */
export function createDesktopNotifications(open: (number: number) => void): DesktopNotifications {
  const shown = new Map<string, Notification>()

  function close(key: string) {
    shown.get(key)?.close()
    shown.delete(key)
  }

  return {
    show({ number, ticketId, isUrgent }, { title, line = '' }) {
      const key = ticketId ?? String(number)
      try {
        const options: NotificationOptions & { renotify: boolean } = {
          body: line,
          icon: '/icon-192.png',
          tag: `deskbell-ticket-${number}`,
          // It stays until somebody has seen it, and comes to the front again when there is more.
          requireInteraction: isUrgent,
          renotify: true,
          // Deskbell has sounds of its own, with a volume.
          silent: true,
        }
        const notification = new Notification(title, options)
        notification.addEventListener('click', () => {
          window.focus()
          close(key)
          open(number)
        })
        shown.set(key, notification)
      } catch {
        // Phones show notifications only through a service worker.
      }
    },
    close,
    closeAll: () => [...shown.keys()].forEach(close),
  }
}
