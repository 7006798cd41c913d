import type { Logger } from 'pino'

/** Gets the result of every connection and query, and logs once that the database is away and once that it is back. */
export interface OutageLog {
  failed(error: unknown): void
  answered(): void
}

/** An outage soon after the last logged one is not logged. */
const quietMs = 60_000

export function createOutageLog(log: Logger): OutageLog {
  let isAway = false
  let warnedAt = -Infinity
  return {
    failed(error) {
      if (isAway) return
      isAway = true
      if (performance.now() - warnedAt < quietMs) return
      warnedAt = performance.now()
      log.warn({ err: error }, 'the database does not answer; trying again until it does')
    },
    answered() {
      if (!isAway) return
      isAway = false
      log.info('the database answers')
    },
  }
}
