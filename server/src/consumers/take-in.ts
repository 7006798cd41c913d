import type { Logger } from 'pino'
import type { Position } from '@deskbell/contract'
import { isDatabaseAway } from '../database/is-database-away.ts'
import { LeaseLostError } from '../database/lease.ts'
import type { Write } from '../database/lease.ts'
import type { Db } from '../database/types.ts'
import { isRetryable } from '../errors.ts'
import { refuseGap } from '../log/log-reader.ts'
import { eventsSince, isPortion } from '../log/logged-event.ts'
import type { LoggedEvent, Portion } from '../log/logged-event.ts'
import type { Consumer } from './consumer.ts'
import { moveCursor, openCursor, skipLost } from './cursor.ts'
import { addDeliveries } from './deliveries.ts'
import { recordFailure } from './failures.ts'

const batch: Portion = { events: 200, bytes: 512 * 1024 }
const single: Portion = { events: 1, bytes: 1 }

/** How often a consumer may throw at one event before the event is skipped. */
const attemptsPerEvent = 3

interface Parts {
  log: Logger
  reportBug: (bug: unknown) => void
}

/** Takes in the next events of the log. Returns whether to go on at once. */
export type TakeIn = (write: Write) => Promise<boolean>

/**
 * Follows the log for a consumer. An event at which the consumer throws again and again is recorded and skipped, so that
 * it keeps back nothing else.
 */
export function createTakeIn(db: Db, consumer: Consumer, { log, reportBug }: Parts): TakeIn {
  const { name } = consumer
  /** Events up to here are taken in one by one: one of them makes the consumer throw. */
  let singlyUpTo = 0
  let failing = { seq: 0, attempts: 0 }

  async function takeBatch(write: Write, events: readonly LoggedEvent[], last: Position) {
    await write(async (tx) => {
      await moveCursor(tx, name, last)
      await addDeliveries(tx, name, await consumer.take(tx, events))
    })
  }

  async function onBug(write: Write, events: readonly LoggedEvent[], last: Position, bug: unknown) {
    singlyUpTo = Math.max(singlyUpTo, last.seq)
    if (events.length > 1) return true
    failing = { seq: last.seq, attempts: failing.seq === last.seq ? failing.attempts + 1 : 1 }
    if (failing.attempts === 1) reportBug(bug)
    if (failing.attempts < attemptsPerEvent) return false
    const reason = bug instanceof Error ? bug.message : String(bug)
    await write(async (tx) => {
      await moveCursor(tx, name, last)
      await recordFailure(tx, name, { reason, details: { event: last.seq } })
    })
    return true
  }

  return async (write) => {
    const cursor = await openCursor(db, write, name)
    const events = await eventsSince(db, cursor, cursor.seq < singlyUpTo ? single : batch)
    if (events === undefined) {
      const skipped = await write((tx) => skipLost(tx, name, cursor))
      log.warn({ consumer: name, ...skipped }, 'a consumer missed events of the log')
      return true
    }
    const last = events.at(-1)
    if (last === undefined) return false
    refuseGap(cursor, events)
    const position = { seq: last.seq, tag: last.tag }
    try {
      await takeBatch(write, events, position)
    } catch (thrown) {
      const isPassing = thrown instanceof LeaseLostError || isDatabaseAway(thrown)
      if (isPassing || isRetryable(thrown)) throw thrown
      return onBug(write, events, position, thrown)
    }
    return isPortion(events, batch) || cursor.seq < singlyUpTo
  }
}
