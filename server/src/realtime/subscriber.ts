import type { Position, Reader } from '@deskbell/contract'
import type { DeskSocket } from './desk-server.ts'

/** One socket, and how far it is in the log. */
export interface Subscriber {
  socket: DeskSocket
  reader: Reader
  sessionId: string
  /** The last position sent to this socket: the `after` of its next message. */
  lastSent: Position
  /** Every event up to this number was sent or is not for this reader. */
  readUpTo: number
  /**
   * `greeting`: gets nothing yet. `behind`: gets events from memory or from the log until it has caught up. `live`:
   * gets events as they come.
   */
  state: 'greeting' | 'behind' | 'live'
  /** Whether events are marked as replayed. Events that a slow socket gets late are not. */
  replaying: boolean
}
