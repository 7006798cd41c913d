import type { Position } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { logPosition } from './log-position.ts'
import { bytesOf, eventsSince, isPortion } from './logged-event.ts'
import type { LoggedEvent, Portion } from './logged-event.ts'

export interface LogFollower {
  /** The position of the last event that was handed on. */
  position(): Position
  /** The newest events, oldest first and without gaps; empty until the first event after the start. */
  recent(): readonly LoggedEvent[]
  /** Whether the log was read within the last seconds. A node that cannot read it does not see revocations either. */
  isHealthy(): boolean
  /** Hints that the log has grown: the follower reads it now. */
  notify(): void
  /** Resolves when the position is at least `seq`. The caller knows that the log has reached it. */
  waitUntil(seq: number): Promise<void>
  /**
   * Called with every batch, in order. `position()` has already moved; `waitUntil` resolves after the listeners ran.
   */
  onEvents(listener: (events: readonly LoggedEvent[]) => void): void
  onHealth(listener: (isHealthy: boolean) => void): void
  stop(): Promise<void>
}

interface FollowerOptions {
  reportBug: (bug: unknown) => void
  pollEveryMs?: number
  /** The follower is unhealthy when it has not read the log for this long. */
  staleAfterMs?: number
  /** A lasting read failure is reported at most this often. */
  reportEveryMs?: number
}

const batchSize: Portion = { events: 500, bytes: 256 * 1024 }
const keptSize: Portion = { events: 5_000, bytes: 32 * 1024 * 1024 }

/** Reads the log in order, beginning at its current end. It does not depend on `notify`: it also polls. */
export async function followLog(db: Db, options: FollowerOptions): Promise<LogFollower> {
  const { reportBug, pollEveryMs = 250, staleAfterMs = 5_000, reportEveryMs = 60_000 } = options
  const listeners: ((events: readonly LoggedEvent[]) => void)[] = []
  const healthListeners: ((isHealthy: boolean) => void)[] = []
  let position = await logPosition(db)
  let kept: LoggedEvent[] = []
  let readAt = performance.now()
  let isHealthy = true
  let isStopped = false
  let isNotified = false
  let wake: (() => void) | undefined
  let waiting: { seq: number; resolve: () => void }[] = []

  function accept(batch: readonly LoggedEvent[]): void {
    for (const [index, event] of batch.entries()) {
      // The counter makes numbers dense. A gap means that someone changed the log by hand: going on would lose events.
      if (event.seq !== position.seq + 1 + index) {
        throw new Error(`The log has no event ${position.seq + 1 + index}; ${event.seq} follows.`)
      }
    }
    const last = batch.at(-1)
    if (last === undefined) return
    for (const event of batch)
      if (event.name === 'ticket:commentDeleted') forgetText(kept, batch, event)
    kept = newest([...kept, ...batch], keptSize)
    position = { seq: last.seq, tag: last.tag }
    try {
      for (const listener of listeners) listener(batch)
    } finally {
      settle(last.seq)
    }
  }

  function settle(seq: number): void {
    const settled = waiting.filter((waiter) => waiter.seq <= seq)
    waiting = waiting.filter((waiter) => waiter.seq > seq)
    for (const { resolve } of settled) resolve()
  }

  function notify(): void {
    isNotified = true
    wake?.()
  }

  function markHealthy(): void {
    readAt = performance.now()
    if (isHealthy) return
    isHealthy = true
    for (const listener of healthListeners) listener(true)
  }

  function markStale(): void {
    if (!isHealthy) return
    isHealthy = false
    for (const listener of healthListeners) listener(false)
  }

  const watchdog = setInterval(() => {
    if (performance.now() - readAt >= staleAfterMs) markStale()
  }, 250)

  /**
   * The log no longer has the last event that was read: a backup was restored, or a standby without the log's end took
   * over.
   */
  async function reset(): Promise<void> {
    const head = await logPosition(db)
    reportBug(new Error(`The log does not have the event ${position.seq} that was read from it.`))
    kept = []
    position = head
    // This comes last: a socket that connects afterwards starts at the new position.
    markStale()
  }

  async function follow(): Promise<void> {
    let lastReport = -Infinity
    while (!isStopped) {
      try {
        const batch = await eventsSince(db, position, batchSize)
        if (batch === undefined) await reset()
        else accept(batch)
        markHealthy()
        if (batch !== undefined && isPortion(batch, batchSize)) continue
      } catch (thrown) {
        if (performance.now() - lastReport > reportEveryMs) {
          lastReport = performance.now()
          reportBug(thrown)
        }
      }
      await rest()
    }
  }

  function rest(): Promise<void> {
    if (isNotified || isStopped) {
      isNotified = false
      return Promise.resolve()
    }
    return new Promise((resolve) => {
      function end(): void {
        clearTimeout(timer)
        // A notification during the next read must not end this rest.
        wake = undefined
        isNotified = false
        resolve()
      }
      const timer = setTimeout(end, pollEveryMs)
      wake = end
    })
  }

  const following = follow()
  return {
    position: () => position,
    recent: () => kept,
    isHealthy: () => isHealthy,
    notify,
    waitUntil(seq) {
      if (position.seq >= seq || isStopped) return Promise.resolve()
      notify()
      return new Promise((resolve) => void waiting.push({ seq, resolve }))
    },
    onEvents: (listener) => void listeners.push(listener),
    onHealth: (listener) => void healthListeners.push(listener),
    async stop() {
      isStopped = true
      clearInterval(watchdog)
      wake?.()
      settle(Infinity)
      await following
    },
  }
}

/** The newest events that fit into a size. */
function newest(events: readonly LoggedEvent[], size: Portion): LoggedEvent[] {
  let from = Math.max(0, events.length - size.events)
  let bytes = bytesOf(events.slice(from))
  while (bytes > size.bytes) {
    bytes -= events[from]?.bytes ?? 0
    from += 1
  }
  return events.slice(from)
}

/** Removes the text of a deleted comment from memory, as the log has removed it. */
function forgetText(
  kept: readonly LoggedEvent[],
  batch: readonly LoggedEvent[],
  removal: LoggedEvent<'ticket:commentDeleted'>,
): void {
  const { id } = removal.data.comment
  for (const { data } of [...kept, ...batch])
    if ('comment' in data && data.comment.id === id) data.comment = { ...data.comment, body: '' }
}
