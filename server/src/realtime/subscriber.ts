import type { Position, Reader } from '@deskbell/contract'
import type { DeskSocket } from './desk-server.ts'
import { subscriberTable } from './subscriber-states.ts'
import type { SubscriberEffect, SubscriberEvent, SubscriberState } from './subscriber-states.ts'

/** One socket, and how far it is in the log. */
export interface Subscriber {
  socket: DeskSocket
  reader: Reader
  sessionId: string
  /** The last position sent to this socket: the `after` of its next message. */
  lastSent: Position
  /** Every event up to this number was sent or is not for this reader. */
  readUpTo: number
  state: SubscriberState
  /** Whether events are marked as replayed. Events that a slow socket gets late are not. */
  replaying: boolean
  /** Sends `sync:ready`. */
  greet: () => void
}

/** Moves a subscriber to its next state, and runs the effects. A failure comes with what was thrown. */
export type Dispatch = (subscriber: Subscriber, event: SubscriberEvent, thrown?: unknown) => void

type Effects = Record<SubscriberEffect, (subscriber: Subscriber, thrown?: unknown) => void>

export function createDispatch(effects: Effects): Dispatch {
  return function dispatch(subscriber, event, thrown) {
    const transition = subscriberTable[subscriber.state][event]
    subscriber.state = transition.to
    for (const effect of transition.effects) effects[effect](subscriber, thrown)
  }
}
