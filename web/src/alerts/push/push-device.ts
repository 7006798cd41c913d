import type { Desk } from '@deskbell/client'

/** A push service answers in seconds; in some browsers it never does. */
const answersWithinMs = 20_000

/** Why this device can get no messages while Deskbell is closed. `noContact`: whoever runs the desk can change that. */
export type PushHindrance = 'insecure' | 'unsupported' | 'noContact' | 'silent'

export class PushHindranceError extends Error {
  readonly hindrance: PushHindrance
  constructor(hindrance: PushHindrance) {
    super(hindrance)
    this.hindrance = hindrance
  }
}

export function pushHindrance(): PushHindrance | undefined {
  if (!window.isSecureContext) return 'insecure'
  const isThere = 'serviceWorker' in navigator && 'PushManager' in window
  return isThere ? undefined : 'unsupported'
}

export function registerServiceWorker(): Promise<ServiceWorkerRegistration> {
  return navigator.serviceWorker.register('/service-worker.js')
}

/**
 * Has this session's messages sent to this device. The person has allowed notifications. Throws a PushHindranceError, or what
 * the browser says.
 */
export async function subscribe({ api }: Desk, withText: boolean): Promise<void> {
  const hindrance = pushHindrance()
  if (hindrance !== undefined) throw new PushHindranceError(hindrance)
  const { key } = await api.call('pushKey')
  if (key === null) throw new PushHindranceError('noContact')
  await registerServiceWorker()
  const { pushManager } = await navigator.serviceWorker.ready
  const made = await pushManager.getSubscription()
  const isOfThisDesk = made !== null && keyOf(made) === key
  if (made !== null && !isOfThisDesk) await made.unsubscribe()
  const subscription = isOfThisDesk
    ? made
    : await soon(pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }))
  const { endpoint = '', keys = {} } = subscription.toJSON()
  const { p256dh = '', auth = '' } = keys
  const body = { endpoint, keys: { p256dh, auth }, key, withText }
  await api.call('savePushSubscription', { body })
}

/** This device gets no more messages. */
export async function unsubscribe({ api }: Desk): Promise<void> {
  await api.call('deletePushSubscription')
  const registration = await navigator.serviceWorker.getRegistration()
  const made = await registration?.pushManager.getSubscription()
  await made?.unsubscribe()
}

/** The public key in base64url, without padding. */
function keyOf({ options }: PushSubscription): string {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0))
  const text = btoa(String.fromCharCode(...bytes))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function soon<T>(asked: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new PushHindranceError('silent')), answersWithinMs)
    asked.then(resolve, reject)
  })
}
