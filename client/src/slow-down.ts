import type { Core } from './core.ts'
import { isTooOften } from './desk-error.ts'

/** Pauses between attempts, and until when the longest of those lasts that the server asked for. */
export function createSlowDown({ environment, pause, changed }: Core) {
  const untilOf = new Map<symbol, number>()

  return {
    async pause(ms: number, reason: unknown): Promise<void> {
      if (!isTooOften(reason)) return pause(ms)
      const waiting = Symbol('waiting')
      untilOf.set(waiting, environment.now() + ms)
      changed()
      await pause(ms)
      untilOf.delete(waiting)
      changed()
    },
    until(): number | undefined {
      return untilOf.size === 0 ? undefined : Math.max(...untilOf.values())
    },
  }
}
