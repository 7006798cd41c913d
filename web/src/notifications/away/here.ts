import { remember } from '../../ui/remember.ts'

/** Whoever was not here for so long was away. */
const awayMs = 5 * 60_000

/** When a person was last here in this browser, in any of its tabs. Times are the server's, in ms since 1970. */
export interface Here {
  at: number
  /** The beginning of an absence of which the person has not closed the panel yet. */
  awaySince?: number
}

/** Undefined: the person was never here, or the browser stores nothing. */
export function readHere(personId: string): Here | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyOf(personId)) ?? 'null')
    return isHere(value) ? value : undefined
  } catch {
    return undefined
  }
}

export function writeHere(personId: string, here: Here): void {
  remember(keyOf(personId), JSON.stringify(here))
}

/** Since when the person was away, if they come back at this time. */
export function awaySince(here: Here | undefined, now: number): number | undefined {
  return here?.awaySince ?? (wasAway(here, now) ? here?.at : undefined)
}

/** Whether the person was not here for long. */
export function wasAway(here: Here | undefined, now: number): boolean {
  return here !== undefined && now - here.at >= awayMs
}

function keyOf(personId: string): string {
  return `deskbell-here.${personId}`
}

function isHere(value: unknown): value is Here {
  if (typeof value !== 'object' || value === null) return false
  const { at, awaySince: since } = value as Partial<Record<keyof Here, unknown>>
  return typeof at === 'number' && (since === undefined || typeof since === 'number')
}
