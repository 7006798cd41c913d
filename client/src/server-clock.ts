import type { Environment } from './environment.ts'

export interface ServerClock {
  /** The server's time, in ms since 1970. */
  now(): number
  /** Fetches, and compares the clocks by the time of the answer. */
  fetch: typeof fetch
  /** The server said a time that it had reached, such as that of a new event. */
  hear(at: string): void
}

/** An answer names its second only. */
const precisionMs = 1000

/**
 * Estimates how far the server's clock is from this device's. The estimate starts at 0 and moves only as far as an answer
 * proves it wrong: so it is exact for equal clocks, gets better with every answer, and follows a clock that is set.
 */
export function createServerClock(environment: Pick<Environment, 'now' | 'fetch'>): ServerClock {
  let skewMs = 0

  /** The server's clock showed `at` or up to a second more, between two times of this device. */
  function compare(at: number, from: number, to: number): void {
    if (Number.isNaN(at)) return
    skewMs = Math.min(Math.max(skewMs, at - to), at + precisionMs - from)
  }

  return {
    now: () => environment.now() + skewMs,
    async fetch(input, init) {
      const from = environment.now()
      const response = await environment.fetch(input, init)
      compare(Date.parse(response.headers.get('date') ?? ''), from, environment.now())
      return response
    },
    hear: (at) => compare(Date.parse(at), -Infinity, environment.now()),
  }
}
