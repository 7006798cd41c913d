/** So many at once, and then so many a second. */
export interface Allowance {
  /** Takes as many of the wanted as are left, in whole numbers. Returns how many. */
  take(wanted: number): number
  /** Counts one, also when none is left: then it returns true, and who goes on waits longer. */
  exceeds(): boolean
}

/** Counts in the memory of one socket. `now`: in ms, from any beginning. */
export function createAllowance(
  { atOnce, perSecond }: { atOnce: number; perSecond: number },
  now: () => number,
): Allowance {
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
  }
}
