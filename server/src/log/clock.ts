/** Time and timers, so that a test can be the clock. */
export interface Clock {
  /** In ms, from any beginning. */
  now(): number
  /** Runs a function once, after a time in ms. Returns how to cancel it. */
  after(ms: number, run: () => void): () => void
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
