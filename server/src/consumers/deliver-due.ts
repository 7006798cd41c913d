import type { Logger } from 'pino'
import type { Write } from '../database/lease.ts'
import type { Consumer, Delivered } from './consumer.ts'
import { claimDue, endAttempt } from './deliveries.ts'
import type { Claimed } from './deliveries.ts'

/** Deliveries of a consumer that are under way at once: each takes a connection of the pool for moments only. */
const atOnce = 3
const batchSize = 30
/** How long a receiver that is away is left alone; twice as long after each further time, up to the longest. */
const firstAwayMs = 5_000
const longestAwayMs = 5 * 60_000

interface Parts {
  log: Logger
  reportBug: (bug: unknown) => void
  /** Whether the node stops: no further attempt begins. */
  isStopping: () => boolean
}

/** Attempts the deliveries that are due. Returns whether to go on at once. */
export type DeliverDue = (write: Write) => Promise<boolean>

export function createDeliverDue(
  consumer: Consumer,
  { log, reportBug, isStopping }: Parts,
): DeliverDue {
  const { name } = consumer
  let awayUntil = -Infinity
  let awayMs = 0

  async function attempt(delivery: Claimed): Promise<Delivered> {
    try {
      return await consumer.deliver(delivery)
    } catch (thrown) {
      reportBug(thrown)
      return { kind: 'retry', reason: thrown instanceof Error ? thrown.message : String(thrown) }
    }
  }

  function onAway(reason: string): void {
    if (awayMs === 0) log.warn({ consumer: name, reason }, 'a consumer cannot deliver')
    awayMs = Math.min(longestAwayMs, awayMs === 0 ? firstAwayMs : awayMs * 2)
    awayUntil = performance.now() + awayMs
  }

  function onReached(): void {
    if (awayMs > 0) log.info({ consumer: name }, 'a consumer delivers again')
    awayMs = 0
  }

  return async (write) => {
    if (performance.now() < awayUntil || isStopping()) return false
    const waiting = await write((tx) => claimDue(tx, name, batchSize))
    const isBatch = waiting.length === batchSize
    let away: Delivered | undefined

    async function work(): Promise<void> {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const claimed = next
        const isTried = away === undefined && !isStopping()
        const outcome = isTried ? await attempt(claimed) : (away ?? stopping)
        if (isTried && outcome.kind === 'away' && away === undefined) {
          away = outcome
          onAway(outcome.reason)
        }
        if (isTried && outcome.kind !== 'away') onReached()
        await write((tx) => endAttempt(tx, name, claimed, outcome, awayMs))
      }
    }

    const workers = await Promise.allSettled(Array.from({ length: atOnce }, work))
    for (const worker of workers) if (worker.status === 'rejected') throw worker.reason
    return isBatch && away === undefined
  }
}

/** Another node goes on at once. */
const stopping: Delivered = { kind: 'away', reason: 'The node stopped.' }
