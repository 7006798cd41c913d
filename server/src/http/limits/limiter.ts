import { DeskError } from '../../errors.ts'

/** So many at once, and from then on so many a second. */
export interface Budget {
  /** Of what, and of whom: budgets of one name share their counts. */
  name: string
  burst: number
  perSecond: number
}

/**
 * Counts what is done by whom. This one counts in the memory of one node; nodes that count together share one behind the
 * same calls.
 */
export interface Limiter {
  /** Takes one. Answers how many milliseconds to wait instead when there is none left. */
  take(budget: Budget, key: string): Promise<number>
  /** Of one that need not have been taken. */
  giveBack(budget: Budget, key: string): Promise<void>
  /** Everything is there again. */
  reset(budget: Budget, key: string): Promise<void>
}

/** Takes one, or refuses with the time to wait. */
export async function spend(limiter: Limiter, budget: Budget, key: string): Promise<void> {
  const retryInMs = await limiter.take(budget, key)
  if (retryInMs > 0) throw new DeskError('request.tooMany', { retryInMs })
}

/** Of one budget. More than that at once come from an attacker with very many addresses, who makes room for their own. */
const keysPerBudget = 50_000

/** GCRA: a key's count is one number, the time at which all of its budget is there again. */
export function createMemoryLimiter(now: () => number = () => performance.now()): Limiter {
  const budgets = new Map<string, Map<string, number>>()

  function keysOf({ name }: Budget): Map<string, number> {
    const keys = budgets.get(name) ?? new Map<string, number>()
    budgets.set(name, keys)
    return keys
  }

  return {
    async take(budget, key) {
      const keys = keysOf(budget)
      const each = 1000 / budget.perSecond
      const at = now()
      forgetFull(keys, at)
      const fullAt = Math.max(keys.get(key) ?? at, at) + each
      const waitMs = fullAt - at - budget.burst * each
      // Fractions of the millisecond are those of the arithmetic.
      if (waitMs > 0.001) return Math.ceil(waitMs)
      // At the end of the map: those not used for the longest time are at its beginning.
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

/** A few at a time, as often as something is added. */
function forgetFull(keys: Map<string, number>, at: number): void {
  let left = 3
  for (const [key, fullAt] of keys) {
    left -= 1
    if (left < 0 || (fullAt > at && keys.size < keysPerBudget)) return
    keys.delete(key)
  }
}
