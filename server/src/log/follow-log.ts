import type { Position } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { logPosition } from './log-position.ts'
import { bytesOf, eventsSince, isPortion } from './logged-event.ts'
import type { LoggedEvent, Portion } from './logged-event.ts'

export interface LogFollower {
  /** The last event handed on. */
  position(): Position
  /** The newest events, oldest first, all of them after some point; empty while none came since the start. */
  recent(): readonly LoggedEvent[]
  /** Whether the log was read within the last seconds. A node that cannot read it cannot see revocations either. */
  isHealthy(): boolean
  /** There may be something new: look now. */
  notify(): void
  /** When the position is at least `seq`, which the log is known to have reached. */
  waitUntil(seq: number): Promise<void>
  /** Called with every batch, in order, before the position moves on for anyone else. */
  onEvents(listener: (events: readonly LoggedEvent[]) => void): void
  onHealth(listener: (isHealthy: boolean) => void): void
  stop(): Promise<void>
}

interface FollowerOptions {
  reportBug: (bug: unknown) => void
  pollEveryMs?: number
  /** Not having read the log for this long counts as not knowing it. */
  staleAfterMs?: number
  /** Why it cannot be read is said this often, however often it is tried. */
  reportEveryMs?: number
}

const batchSize: Portion = { events: 500, bytes: 256 * 1024 }
const keptSize: Portion = { events: 5_000, bytes: 32 * 1024 * 1024 }

/** Reads the log in order, from its end at the start. Being poked is a hint: it looks regardless. */
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
      // The counter makes numbers dense. A gap means that someone changed the log by hand: to go on would be to lose.
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

  /** The log is another than the one that was handed on: it was put back, or another server took over without its end. */
  async function reset(): Promise<void> {
    const head = await logPosition(db)
    reportBug(new Error(`The log does not have the event ${position.seq} that was read from it.`))
    kept = []
    position = head
    // Last: whoever connects after this does so at the new position.
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
        // What wakes it while it reads must not be taken for the end of this rest.
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

/** The last of them that are within a size. */
function newest(events: readonly LoggedEvent[], size: Portion): LoggedEvent[] {
  let from = Math.max(0, events.length - size.events)
  let bytes = bytesOf(events.slice(from))
  while (bytes > size.bytes) {
    bytes -= events[from]?.bytes ?? 0
    from += 1
  }
  return events.slice(from)
}

/** The text of a removed comment leaves memory as it left the log. */
function forgetText(
  kept: readonly LoggedEvent[],
  batch: readonly LoggedEvent[],
  removal: LoggedEvent,
): void {
  const id = commentIdOf(removal)
  for (const event of [...kept, ...batch]) {
    if (event.ticketId !== removal.ticketId || commentIdOf(event) !== id) continue
    event.data = { ...event.data, comment: { ...(event.data['comment'] as object), body: '' } }
  }
}

function commentIdOf(event: LoggedEvent): unknown {
  const comment = event.data['comment']
  return typeof comment === 'object' && comment !== null && 'id' in comment ? comment.id : undefined
}
