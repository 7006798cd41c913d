import type { TabMemory } from '../../live/tab-memory.ts'

/** A row leaves the list within a frame of the answer; the rest is room for a busy page. */
const lingerMs = 1000

/** Notes that this tab changes these tickets. Returns the function to call when the server has answered. */
export function noteOwnChange({ changing }: TabMemory, ids: readonly string[]): () => void {
  const add = (by: number) => {
    for (const id of ids) {
      const count = (changing.get(id) ?? 0) + by
      if (count > 0) changing.set(id, count)
      else changing.delete(id)
    }
  }
  add(1)
  return () => void setTimeout(() => add(-1), lingerMs)
}

/** Whether this tab changes the ticket right now, or has just done so. */
export function isChangedHere({ changing }: TabMemory, id: string): boolean {
  return changing.has(id)
}
