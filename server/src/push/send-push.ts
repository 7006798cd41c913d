import { sendOutside, UnreachableAddressError } from '../network/send-outside.ts'
import { encryptPush } from './encrypt-push.ts'
import { vapidHeader } from './push-key.ts'
import type { PushKey } from './push-key.ts'
import type { PushSubscription } from './push-subscriptions.ts'

/** What a device is told. It fits into a message of 4 KB. */
export interface PushMessage {
  /** Later ones about the same ticket replace it, on the device and at the push service. */
  ticketId: string
  number: number
  title: string
  body: string
  /** The number of the event. */
  seq: number
  /** How many tickets have something unread. */
  unread: number
}

export interface PushSender {
  key: PushKey
  /** A `mailto:` or https URL that push services may turn to. */
  contact: string
  /** Private networks that may be reached. */
  reachable: readonly string[]
}

/**
 * `taken` by the push service; `gone`: it does not know the device any more; `refused`; `later`: it cannot take it now;
 * `unanswered`: nothing came back.
 */
export type PushOutcome =
  | { kind: 'taken' }
  | { kind: 'gone' | 'refused' | 'later' | 'unanswered'; reason: string }

/** A push service keeps a message for a device that is off this long, in s. */
const keptUrgent = 24 * 3600
const kept = 4 * 3600

/** Sends a message to a device. Never rejects. */
export async function sendPush(
  { key, contact, reachable }: PushSender,
  subscription: PushSubscription,
  message: PushMessage,
  { urgent }: { urgent: boolean },
): Promise<PushOutcome> {
  const { endpoint } = subscription
  let body: Buffer
  try {
    body = encryptPush(JSON.stringify(message), subscription)
  } catch (thrown) {
    return { kind: 'refused', reason: reasonOf(thrown) }
  }
  try {
    const headers = {
      authorization: vapidHeader(key, endpoint, contact),
      'content-encoding': 'aes128gcm',
      'content-type': 'application/octet-stream',
      ttl: urgent ? keptUrgent : kept,
      urgency: urgent ? 'high' : 'normal',
      topic: `ticket-${message.number}`,
    }
    const { status, text } = await sendOutside({ url: endpoint, headers, body }, { reachable })
    return outcomeOf(status, text)
  } catch (thrown) {
    const kind = thrown instanceof UnreachableAddressError ? 'refused' : 'unanswered'
    return { kind, reason: reasonOf(thrown) }
  }
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}

function outcomeOf(status: number, text: string): PushOutcome {
  if (status >= 200 && status < 300) return { kind: 'taken' }
  const reason = `${status} ${text}`.trim().slice(0, 200)
  if (status === 404 || status === 410) return { kind: 'gone', reason }
  return { kind: status === 429 || status >= 500 ? 'later' : 'refused', reason }
}
