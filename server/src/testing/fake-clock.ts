import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../log/clock.ts'

/** A clock that a test moves. */
export function createFakeClock(): Clock & { advance(ms: number): Promise<void> } {
  let now = 0
  let timers: { at: number; run: () => void }[] = []
  return {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    async advance(ms) {
      const until = now + ms
      for (;;) {
        // Lets everything that is not waiting for this clock finish.
        await setImmediate()
        const [next] = timers.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)
        if (next === undefined) break
        timers = timers.filter((other) => other !== next)
        now = next.at
        next.run()
      }
      now = until
    },
  }
}
