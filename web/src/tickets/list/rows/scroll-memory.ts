import type { Desk } from '@deskbell/client'

const memories = new WeakMap<Desk, Map<string, number>>()

/** How far each list was scrolled, by list, for as long as someone is signed in. */
export function scrollMemory(desk: Desk): Map<string, number> {
  const known = memories.get(desk)
  if (known !== undefined) return known
  const made = new Map<string, number>()
  memories.set(desk, made)
  return made
}
