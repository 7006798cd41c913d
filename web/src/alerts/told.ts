import { remember } from '../ui/remember.ts'

/** More than come at once. */
const keptAtMost = 200

/** The events of which a person was alerted in this browser, by their numbers in the log: in whichever tab. */
export interface Told {
  /** Those of the numbers that are new; from now on they are not. */
  claim(seqs: readonly number[]): ReadonlySet<number>
}

export function createTold(personId: string): Told {
  const key = `deskbell-told.${personId}`
  // Where the browser stores nothing, this tab remembers.
  let own: readonly number[] = []
  return {
    claim(seqs) {
      const known = new Set([...own, ...stored(key)])
      const fresh = new Set(seqs.filter((seq) => !known.has(seq)))
      if (fresh.size === 0) return fresh
      own = [...known, ...fresh].slice(-keptAtMost)
      remember(key, JSON.stringify(own))
      return fresh
    },
  }
}

function stored(key: string): number[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(value) ? value.filter((seq) => typeof seq === 'number') : []
  } catch {
    return []
  }
}
