import { to } from './state-table.ts'
import type { StateTable } from './state-table.ts'

/**
 * `reading`: a read is under way. `readingAgain`: so it is, and the log has grown since it began. `resting`: waits for a
 * notification or the next poll.
 */
export type FollowerState = 'reading' | 'readingAgain' | 'resting' | 'stopped'

/** `readAll`, `readPart`, `readFailed`: how a read ended. `rested`: the polling interval is over. */
export type FollowerEvent =
  | 'notified'
  | 'readAll'
  | 'readPart'
  | 'readFailed'
  | 'rested'
  | 'stopAsked'

export type FollowerEffect = 'read' | 'rest' | 'endRest' | 'report'

/** When a follower reads the log. It never reads twice at a time. */
export const followerTable: StateTable<FollowerState, FollowerEvent, FollowerEffect> = {
  reading: {
    notified: to('readingAgain'),
    readAll: to('resting', 'rest'),
    readPart: to('reading', 'read'),
    readFailed: to('resting', 'report', 'rest'),
    rested: to('reading'),
    stopAsked: to('stopped'),
  },
  readingAgain: {
    notified: to('readingAgain'),
    readAll: to('reading', 'read'),
    readPart: to('reading', 'read'),
    readFailed: to('reading', 'report', 'read'),
    rested: to('readingAgain'),
    stopAsked: to('stopped'),
  },
  resting: {
    notified: to('reading', 'endRest', 'read'),
    readAll: to('resting'),
    readPart: to('resting'),
    readFailed: to('resting'),
    rested: to('reading', 'read'),
    stopAsked: to('stopped', 'endRest'),
  },
  stopped: {
    notified: to('stopped'),
    readAll: to('stopped'),
    readPart: to('stopped'),
    readFailed: to('stopped', 'report'),
    rested: to('stopped'),
    stopAsked: to('stopped'),
  },
}

/** A node that cannot read the log does not see revocations either. */
export type Health = 'healthy' | 'stale'

/** `silent`: the log was not read for some seconds. `lost`: it is not the log that was read before. */
export type HealthEvent = 'read' | 'silent' | 'lost'

export type HealthEffect = 'tellHealthy' | 'tellStale'

export const healthTable: StateTable<Health, HealthEvent, HealthEffect> = {
  healthy: {
    read: to('healthy'),
    silent: to('stale', 'tellStale'),
    lost: to('stale', 'tellStale'),
  },
  stale: {
    read: to('healthy', 'tellHealthy'),
    silent: to('stale'),
    lost: to('stale'),
  },
}
