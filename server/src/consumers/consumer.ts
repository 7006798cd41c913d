import type { Tx } from '../database/types.ts'
import type { LoggedEvent } from '../log/logged-event.ts'

/** A follower of the log whose cursor is in the database. One node works at a time; another takes over. */
export interface Consumer {
  /** Names its cursor, its lease, its deliveries and its metrics. */
  name: string
  /**
   * Takes in a batch of events, in the order of the log, in the transaction that moves the cursor: what it writes there
   * is written once. Returns what is to be delivered.
   */
  take(tx: Tx, events: readonly LoggedEvent[]): Promise<readonly NewDelivery[]>
  /** Delivers outside any transaction, at least once. What it throws counts as `retry`. */
  deliver(delivery: Delivery): Promise<Delivered>
}

export interface NewDelivery {
  /** Deliveries with one key become one, until its first attempt. */
  key: string
  /** Ids and plain values, and no text that somebody wrote: the log and its copies lose removed texts. */
  item: object
  /** The first attempt is this long after the first item, in ms. */
  dueInMs: number
}

export interface Delivery {
  /** The same for all attempts. */
  id: string
  items: readonly object[]
}

/** The outcome of an attempt. `away`: the receiver of all deliveries cannot be reached, so none is tried for a while. */
export type Delivered =
  | { kind: 'done' }
  | { kind: 'refused'; reason: string }
  | { kind: 'retry'; reason: string }
  | { kind: 'away'; reason: string }

/** Limits of each consumer. */
export const consumerLimits = {
  /** The most items that one delivery gathers: later ones are part of it without being named. */
  items: 50,
  /** Deliveries that wait. */
  deliveries: 100_000,
  /** The first wait after a failed attempt; each later one is twice as long, up to the longest. */
  retryMs: 60_000,
  longestRetryMs: 3_600_000,
  /** A delivery that is not accepted for this long has failed. */
  giveUpMs: 3 * 24 * 3_600_000,
  /** One that finds its receiver away has failed after this long. */
  giveUpAwayMs: 14 * 24 * 3_600_000,
  failures: 1_000,
  failuresMs: 30 * 24 * 3_600_000,
  reasonLength: 300,
}
