import type { ChangedField } from './change-items.tsx'

const titles = { status: 'Move to', priority: 'Priority' } as const

/** The question of a menu; for several tickets it says how many. */
export function menuTitle(field: ChangedField, count: number): string {
  if (count < 2) return titles[field]
  const words = {
    status: `Move ${count} tickets to`,
    priority: `Priority of ${count} tickets`,
  }
  return words[field]
}
