import { DeskError } from '../../errors.ts'

/** `burst` units at once, and then `perSecond`. A unit is an action, or a byte. */
export interface Budget {
  /** What is counted, and per whom. Budgets with one name share their counts. */
  name: string
  burst: number
  perSecond: number
}

/**
 * Counts actions, or their bytes, per key. This limiter counts in the memory of one node; nodes that count together
 * share another implementation of the same interface.
 */
export interface Limiter {
  /** Takes all units or none; `amount` is one, or at most the burst. Returns 0, or the milliseconds to wait. */
  take(budget: Budget, key: string, amount?: number): Promise<number>
  /** Returns one action that was taken but does not count. */
  giveBack(budget: Budget, key: string): Promise<void>
  /** Restores the whole budget. */
  reset(budget: Budget, key: string): Promise<void>
}

/** Takes all units, one unless named, or throws with the time to wait. */
export async function spend(
  limiter: Limiter,
  budget: Budget,
  key: string,
  amount?: number,
): Promise<void> {
  const retryInMs = await limiter.take(budget, key, amount)
  if (retryInMs > 0) throw new DeskError('request.tooMany', { retryInMs })
}

/**
 * Limit on the keys of one budget. Only an attacker with very many addresses has more at once, and pushes out their own
 * keys.
 */
const keysPerBudget = 50_000

/** GCRA: the count of a key is one number, the time at which its whole budget is available again. */
export function createMemoryLimiter(now: () => number = () => performance.now()): Limiter {
  const budgets = new Map<string, Map<string, number>>()

  function keysOf({ name }: Budget): Map<string, number> {
    const keys = budgets.get(name) ?? new Map<string, number>()
    budgets.set(name, keys)
    return keys
  }

  return {
    async take(budget, key, amount = 1) {
      const keys = keysOf(budget)
      const each = 1000 / budget.perSecond
      const at = now()
      forgetFull(keys, at)
      const fullAt = Math.max(keys.get(key) ?? at, at) + amount * each
      const waitMs = fullAt - at - budget.burst * each
      // Rounding errors of the arithmetic stay below this.
      if (waitMs > 0.001) return Math.ceil(waitMs)
      // Moves the key to the end of the map, so that the keys unused for longest are at its beginning.
      keys.delete(key)
      keys.set(key, fullAt)
      return 0
    },
    async giveBack(budget, key) {
      const keys = keysOf(budget)
      const fullAt = keys.get(key)
      if (fullAt !== undefined) keys.set(key, fullAt - 1000 / budget.perSecond)
    },
    async reset(budget, key) {
      keysOf(budget).delete(key)
    },
  }
}

/** Removes a few unused keys on each call. */
function forgetFull(keys: Map<string, number>, at: number): void {
  let left = 3
  for (const [key, fullAt] of keys) {
    left -= 1
    if (left < 0 || (fullAt > at && keys.size < keysPerBudget)) return
    keys.delete(key)
  }
}
