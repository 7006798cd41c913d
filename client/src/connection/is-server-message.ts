import type { DraftMessage, PresenceMessage, ServerMessage, SyncMessage } from '@deskbell/contract'

const namesWithoutMeta: Readonly<
  Record<(SyncMessage | PresenceMessage | DraftMessage)['name'], true>
> = {
  'sync:ready': true,
  'sync:position': true,
  'sync:restarting': true,
  'sync:unavailable': true,
  'sync:refused': true,
  'presence:state': true,
  'draft:changed': true,
  'presence:looks': true,
}

interface Received {
  name: string
  data: unknown
  meta?: unknown
}

/**
 * Gives a received message its type; no other code does. A message that is not the server's own is a custom event. Every
 * event of the log has a `meta`, also one whose name this version does not know.
 */
export function isServerMessage(received: Received): received is ServerMessage {
  if (Object.hasOwn(namesWithoutMeta, received.name)) return isObject(received.data)
  const { meta } = received
  return isObject(meta) && 'seq' in meta && 'after' in meta && 'tag' in meta
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
