import type { Core } from '../core.ts'
import { isRateLimited } from '../api-error.ts'

/** Waits between tries, and remembers the longest wait that the server asked for. */
export function createSlowDown({ environment, sleep, changed }: Core) {
  const untilOf = new Map<symbol, number>()
  const wakers = new Set<() => void>()

  /** Resolves after this time, or when the connection is back. */
  async function pauseOrWake(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      wakers.add(resolve)
      void sleep(ms).then(() => {
        wakers.delete(resolve)
        resolve()
      })
    })
  }

  return {
    async pause(ms: number, reason: unknown): Promise<void> {
      if (!isRateLimited(reason)) return pauseOrWake(ms)
      const waiting = Symbol('waiting')
      untilOf.set(waiting, environment.now() + ms)
      changed()
      await sleep(ms)
      untilOf.delete(waiting)
      changed()
    },
    /** The connection is back: what waits for another reason than the server's limit goes on. */
    wake(): void {
      for (const resolve of wakers) resolve()
      wakers.clear()
    },
    until(): number | undefined {
      return untilOf.size === 0 ? undefined : Math.max(...untilOf.values())
    },
  }
}
