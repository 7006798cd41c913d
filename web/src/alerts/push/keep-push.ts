import type { Desk } from '@deskbell/client'
import { PushHindranceError, registerServiceWorker, subscribe } from './push-device.ts'

/** A device that could not be subscribed, or whose leave to show titles did not reach the server, tries again. */
const againMs = 60_000

interface KeepPushOptions {
  /** The person wants messages on this device. */
  wanted: boolean
  withText: boolean
  /** Shows a ticket: the person clicked a message. */
  open: (number: number) => void
}

/**
 * While a page is open: a new session gets the messages of this device too, what was seen goes away, and a click on a message
 * opens its ticket here. Returns a function that ends it.
 */
export function keepPush(desk: Desk, { wanted, withText, open }: KeepPushOptions): () => void {
  const { serviceWorker } = navigator
  if (serviceWorker === undefined) return () => undefined
  // An installed app starts without a connection, too.
  if (matchMedia('(display-mode: standalone)').matches)
    void registerServiceWorker().catch(() => undefined)
  // The settings say what is in the way; here nobody asked.
  const stop = new AbortController()
  async function keep(): Promise<void> {
    try {
      await subscribe(desk, withText)
    } catch (thrown) {
      const mayTryAgain = !(thrown instanceof PushHindranceError) && !stop.signal.aborted
      if (mayTryAgain) setTimeout(() => stop.signal.aborted || void keep(), againMs)
    }
  }
  if (wanted && Notification.permission === 'granted') void keep()

  serviceWorker.addEventListener(
    'message',
    ({ data, ports }: MessageEvent<{ type?: string; number?: number } | null>) => {
      if (data?.type !== 'deskbell:open') return
      ports[0]?.postMessage('heard')
      if (data.number !== undefined) open(data.number)
    },
    { signal: stop.signal },
  )
  const stopFollowing = desk.onEvent(({ event: { name, data } }) => {
    if (name === 'ticket:seen' || name === 'access:lost') void closeShown(data.ticketId)
  })
  return () => {
    stop.abort()
    stopFollowing()
  }
}

async function closeShown(ticketId: string): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration()
  const shown = (await registration?.getNotifications()) ?? []
  for (const notification of shown) if (isOf(notification, ticketId)) notification.close()
}

function isOf({ data }: Notification, ticketId: string): boolean {
  return (data as { ticketId?: string } | null)?.ticketId === ticketId
}
