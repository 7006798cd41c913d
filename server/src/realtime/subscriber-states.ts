import { to } from '../log/state-table.ts'
import type { StateTable } from '../log/state-table.ts'

/**
 * `greeting`: it is looked up where the socket continues. `awaiting`: this node has not read the log up to the socket's
 * cursor. `behind`: the socket has older events to get, and waits for room. `paging`: it gets a page of them. `live`: it
 * gets events as they come. `ended`: it gets nothing more.
 */
export type SubscriberState = 'greeting' | 'awaiting' | 'behind' | 'paging' | 'live' | 'ended'

export type SubscriberEvent =
  /** The stream begins at this node's position, or at a cursor. */
  | 'foundStart'
  | 'foundCursor'
  /** The session ended before the socket was greeted. */
  | 'foundNoSession'
  | 'reachedCursor'
  | 'gotRoom'
  | 'gotPage'
  | 'caughtUp'
  /** The socket holds as much as it may. */
  | 'filled'
  /** The socket cannot continue: its client reconnects and resumes. */
  | 'cutOff'
  | 'failed'
  | 'logLost'
  | 'stopping'
  | 'disconnected'

export type SubscriberEffect =
  | 'awaitCursor'
  | 'greet'
  /** Goes live at the end of the log; waits for room before it. */
  | 'catchUp'
  | 'sendPage'
  | 'sendPosition'
  | 'sayUnavailable'
  | 'sayRestarting'
  | 'report'
  /** Closes the connection: the client reconnects. */
  | 'close'
  /** Closes it a second later even if the client does not read. */
  | 'closeLate'
  /** Ends the socket: the client does not reconnect. */
  | 'disconnect'

/** The life of a subscriber. Its first message is the greeting, and before it there is no other. */
export const subscriberTable: StateTable<SubscriberState, SubscriberEvent, SubscriberEffect> = {
  greeting: {
    foundStart: to('behind', 'greet', 'catchUp'),
    foundCursor: to('awaiting', 'awaitCursor'),
    foundNoSession: to('ended', 'disconnect'),
    reachedCursor: to('greeting'),
    gotRoom: to('greeting'),
    gotPage: to('greeting'),
    caughtUp: to('greeting'),
    filled: to('greeting'),
    cutOff: to('ended', 'close'),
    failed: to('ended', 'report', 'close'),
    logLost: to('ended', 'close', 'closeLate'),
    stopping: to('greeting'),
    disconnected: to('ended'),
  },
  awaiting: {
    foundStart: to('awaiting'),
    foundCursor: to('awaiting'),
    foundNoSession: to('awaiting'),
    reachedCursor: to('behind', 'greet', 'catchUp'),
    gotRoom: to('awaiting'),
    gotPage: to('awaiting'),
    caughtUp: to('awaiting'),
    filled: to('awaiting'),
    cutOff: to('ended', 'close'),
    failed: to('ended', 'report', 'close'),
    logLost: to('ended', 'close', 'closeLate'),
    stopping: to('awaiting'),
    disconnected: to('ended'),
  },
  behind: {
    foundStart: to('behind'),
    foundCursor: to('behind'),
    foundNoSession: to('behind'),
    reachedCursor: to('behind'),
    gotRoom: to('paging', 'sendPage'),
    gotPage: to('behind'),
    caughtUp: to('live', 'sendPosition'),
    filled: to('behind'),
    cutOff: to('ended', 'close'),
    failed: to('ended', 'report', 'close'),
    logLost: to('ended', 'sayUnavailable', 'close', 'closeLate'),
    stopping: to('behind', 'sayRestarting'),
    disconnected: to('ended'),
  },
  paging: {
    foundStart: to('paging'),
    foundCursor: to('paging'),
    foundNoSession: to('paging'),
    reachedCursor: to('paging'),
    gotRoom: to('paging'),
    gotPage: to('behind', 'catchUp'),
    caughtUp: to('paging'),
    filled: to('paging'),
    cutOff: to('ended', 'close'),
    failed: to('ended', 'report', 'close'),
    logLost: to('ended', 'sayUnavailable', 'close', 'closeLate'),
    stopping: to('paging', 'sayRestarting'),
    disconnected: to('ended'),
  },
  live: {
    foundStart: to('live'),
    foundCursor: to('live'),
    foundNoSession: to('live'),
    reachedCursor: to('live'),
    gotRoom: to('live'),
    gotPage: to('live'),
    caughtUp: to('live'),
    filled: to('behind', 'catchUp'),
    cutOff: to('ended', 'close'),
    failed: to('ended', 'report', 'close'),
    logLost: to('ended', 'sayUnavailable', 'close', 'closeLate'),
    stopping: to('live', 'sayRestarting'),
    disconnected: to('ended'),
  },
  ended: {
    foundStart: to('ended'),
    foundCursor: to('ended'),
    foundNoSession: to('ended'),
    reachedCursor: to('ended'),
    gotRoom: to('ended'),
    gotPage: to('ended'),
    caughtUp: to('ended'),
    filled: to('ended'),
    cutOff: to('ended', 'close'),
    failed: to('ended', 'report', 'close'),
    logLost: to('ended', 'close', 'closeLate'),
    stopping: to('ended'),
    disconnected: to('ended'),
  },
}
