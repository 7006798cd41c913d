import type { Position, Reader } from '@deskbell/contract'
import type { DeskSocket } from './desk-server.ts'

/** How far one socket is in the log. */
export interface Subscriber {
  socket: DeskSocket
  reader: Reader
  sessionId: string
  /** The last position this socket was told: what the next message's `after` says. */
  lastSent: Position
  /** Everything up to here was sent, or is not for this reader. */
  readUpTo: number
  /**
   * `greeting`: is sent nothing yet. `behind`: is served from memory or the log until it has caught up. `live`: gets what
   * comes as it comes.
   */
  state: 'greeting' | 'behind' | 'live'
  /** Replayed events are marked; those a slow socket gets late are not. */
  replaying: boolean
}
