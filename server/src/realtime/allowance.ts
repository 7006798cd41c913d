/** So many at once, and then so many a second. */
export interface Allowance {
  /** Takes as many of the wanted as are left, in whole numbers. Returns how many. */
  take(wanted: number): number
  /** Counts one, also when none is left: then it returns true, and who goes on waits longer. */
  exceeds(): boolean
}

/** An allowance for each key. It outlives the connections of its key: a new one brings nothing new. */
export type Allowances = (key: string) => Allowance

interface Budget {
  atOnce: number
  perSecond: number
}

/** Counts in the memory of one node. `now`: in ms, from any beginning. */
export function createAllowance(
  budget: Budget,
  now: () => number,
): Allowance & { isWhole(): boolean } {
  const { atOnce, perSecond } = budget
  let left = atOnce
  let countedAt = now()

  function refill(): void {
    const at = now()
    left = Math.min(atOnce, left + ((at - countedAt) / 1000) * perSecond)
    countedAt = at
  }

  return {
    take(wanted) {
      refill()
      const taken = Math.min(wanted, Math.floor(left))
      left -= taken
      return taken
    },
    exceeds() {
      refill()
      left -= 1
      return left < 0
    },
    isWhole() {
      refill()
      return left === atOnce
    },
  }
}

/** The allowances are to be asked for each time, and not kept: one that is whole again may be forgotten. */
export function createAllowances(budget: Budget, now: () => number): Allowances {
  const byKey = new Map<string, ReturnType<typeof createAllowance>>()
  return (key) => {
    const kept = byKey.get(key)
    if (kept !== undefined) return kept
    for (const [other, allowance] of byKey) if (allowance.isWhole()) byKey.delete(other)
    const made = createAllowance(budget, now)
    byKey.set(key, made)
    return made
  }
}
