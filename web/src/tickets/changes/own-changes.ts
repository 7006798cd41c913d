import type { Desk } from '@deskbell/client'

/** A row leaves the list within a frame of the answer; the rest is room for a busy page. */
const lingerMs = 1000
const counts = new WeakMap<Desk, Map<string, number>>()

/** Notes that this tab changes these tickets. Returns the function to call when the server has answered. */
export function noteOwnChange(desk: Desk, ids: readonly string[]): () => void {
  const underWay = counts.get(desk) ?? new Map<string, number>()
  counts.set(desk, underWay)
  const add = (by: number) => {
    for (const id of ids) underWay.set(id, (underWay.get(id) ?? 0) + by)
  }
  add(1)
  return () => void setTimeout(() => add(-1), lingerMs)
}

/** Whether this tab changes the ticket right now, or has just done so. */
export function isChangedHere(desk: Desk, id: string): boolean {
  return (counts.get(desk)?.get(id) ?? 0) > 0
}
