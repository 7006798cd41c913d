import type { Desk } from '@deskbell/client'

const memories = new WeakMap<Desk, { files: readonly File[] }>()

/** The files chosen for a new ticket, for as long as someone is signed in: people may leave the page and come back. */
export function pickedMemory(desk: Desk): { files: readonly File[] } {
  const known = memories.get(desk)
  if (known !== undefined) return known
  const made = { files: [] }
  memories.set(desk, made)
  return made
}
