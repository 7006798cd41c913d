import type { Core } from '../core.ts'
import { isRateLimited } from '../api-error.ts'

/** Waits between tries, and remembers the longest wait that the server asked for. */
export function createSlowDown({ environment, sleep, changed }: Core) {
  const untilOf = new Map<symbol, number>()

  return {
    async pause(ms: number, reason: unknown): Promise<void> {
      if (!isRateLimited(reason)) return sleep(ms)
      const waiting = Symbol('waiting')
      untilOf.set(waiting, environment.now() + ms)
      changed()
      await sleep(ms)
      untilOf.delete(waiting)
      changed()
    },
    until(): number | undefined {
      return untilOf.size === 0 ? undefined : Math.max(...untilOf.values())
    },
  }
}
