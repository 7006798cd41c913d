import type { Position } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { systemClock } from './clock.ts'
import type { Clock } from './clock.ts'
import { followerTable, healthTable } from './follower-states.ts'
import type {
  FollowerEffect,
  FollowerEvent,
  FollowerState,
  Health,
  HealthEffect,
  HealthEvent,
} from './follower-states.ts'
import { createLogReader } from './log-reader.ts'
import type { Log } from './log-reader.ts'
import { logPosition } from './log-position.ts'
import { eventsSince } from './logged-event.ts'
import type { LoggedEvent } from './logged-event.ts'

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
  clock?: Clock
}

/** How often the follower looks at the clock, in ms. */
const watchEveryMs = 250

/** Follows the log of a database, beginning at its current end. */
export function followLog(db: Db, options: FollowerOptions): Promise<LogFollower> {
  const log: Log = {
    head: () => logPosition(db),
    eventsSince: (position, portion) => eventsSince(db, position, portion),
  }
  return follow(log, options)
}

/** Reads a log in order, and hands on what it read. It does not depend on `notify`: it also polls. */
export async function follow(log: Log, options: FollowerOptions): Promise<LogFollower> {
  const { reportBug, pollEveryMs = 250, staleAfterMs = 5_000, reportEveryMs = 60_000 } = options
  const { clock = systemClock } = options
  const listeners: ((events: readonly LoggedEvent[]) => void)[] = []
  const healthListeners: ((isHealthy: boolean) => void)[] = []
  const reader = await createLogReader(log)
  let state: FollowerState = 'reading'
  let health: Health = 'healthy'
  let readAt = clock.now()
  let reportedAt = -Infinity
  let failure: unknown
  let waiting: { seq: number; resolve: () => void }[] = []
  let underWay: Promise<void>
  let endRest: (() => void) | undefined
  let endWatch = clock.after(watchEveryMs, watch)

  const effects: Record<FollowerEffect, () => void> = {
    read() {
      underWay = read()
    },
    rest() {
      endRest = clock.after(pollEveryMs, () => dispatch('rested'))
    },
    endRest: () => endRest?.(),
    report() {
      if (clock.now() - reportedAt <= reportEveryMs) return
      reportedAt = clock.now()
      reportBug(failure)
    },
  }

  const healthEffects: Record<HealthEffect, () => void> = {
    tellHealthy: () => tellHealth(true),
    tellStale: () => tellHealth(false),
  }

  function dispatch(event: FollowerEvent): void {
    const transition = followerTable[state][event]
    state = transition.to
    for (const effect of transition.effects) effects[effect]()
  }

  function dispatchHealth(event: HealthEvent): void {
    const transition = healthTable[health][event]
    health = transition.to
    for (const effect of transition.effects) healthEffects[effect]()
  }

  function tellHealth(isHealthy: boolean): void {
    for (const listener of healthListeners) listener(isHealthy)
  }

  async function read(): Promise<void> {
    dispatch(await readOnce())
  }

  async function readOnce(): Promise<FollowerEvent> {
    try {
      const result = await reader.read()
      if (result.kind === 'events') handOn(result.events)
      else {
        reportBug(new Error(`The log does not have the event ${result.seq} that was read from it.`))
        // The reader has moved: a socket that connects afterwards starts at the new position.
        dispatchHealth('lost')
      }
      readAt = clock.now()
      dispatchHealth('read')
      return result.kind === 'events' && result.hasMore ? 'readPart' : 'readAll'
    } catch (thrown) {
      failure = thrown
      return 'readFailed'
    }
  }

  function handOn(events: readonly LoggedEvent[]): void {
    if (events.length === 0) return
    try {
      for (const listener of listeners) listener(events)
    } finally {
      settle(reader.position().seq)
    }
  }

  function settle(seq: number): void {
    const settled = waiting.filter((waiter) => waiter.seq <= seq)
    waiting = waiting.filter((waiter) => waiter.seq > seq)
    for (const { resolve } of settled) resolve()
  }

  function watch(): void {
    endWatch = clock.after(watchEveryMs, watch)
    if (clock.now() - readAt >= staleAfterMs) dispatchHealth('silent')
  }

  underWay = read()
  return {
    position: reader.position,
    recent: reader.recent,
    isHealthy: () => health === 'healthy',
    notify: () => dispatch('notified'),
    waitUntil(seq) {
      if (reader.position().seq >= seq || state === 'stopped') return Promise.resolve()
      dispatch('notified')
      return new Promise((resolve) => void waiting.push({ seq, resolve }))
    },
    onEvents: (listener) => void listeners.push(listener),
    onHealth: (listener) => void healthListeners.push(listener),
    async stop() {
      endWatch()
      dispatch('stopAsked')
      settle(Infinity)
      await underWay
    },
  }
}
