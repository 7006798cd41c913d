import type { Desk } from '@deskbell/client'

const memories = new WeakMap<Desk, Map<string, number>>()

/** The scroll offset of each list, in pixels, for as long as someone is signed in. */
export function scrollMemory(desk: Desk): Map<string, number> {
  const known = memories.get(desk)
  if (known !== undefined) return known
  const made = new Map<string, number>()
  memories.set(desk, made)
  return made
}
