import type { Position, Reader } from '@deskbell/contract'
import type { DeskSocket } from './desk-server.ts'

/** How far one socket is in the log. */
export interface Feed {
  socket: DeskSocket
  reader: Reader
  sessionId: string
  /** The last position this socket was told: what the next message's `after` says. */
  told: Position
  /** Everything up to here was sent, or is not for this reader. */
  scanned: number
  /** `live`: gets what comes as it comes. `behind`: is served from memory or the log until it has caught up. */
  state: 'live' | 'behind'
  /** Replayed events are marked; those a slow socket gets late are not. */
  replaying: boolean
}

/** Packets. A healthy socket may hold hundreds within one turn; what it holds is already encoded, so this is kilobytes. */
const fullAt = 256

/**
 * A socket that does not read is not written to: it would grow without bound. Engine.IO says how much it holds nowhere
 * but in this field, and empties it as a whole each time the transport has taken what it was given before.
 */
export function isFull(feed: Feed): boolean {
  return feed.socket.conn['writeBuffer'].length >= fullAt
}
