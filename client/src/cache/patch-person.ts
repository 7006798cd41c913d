import type { PersonRef } from '@deskbell/contract'

/** Replaces a person's name wherever it appears in a value. Parts without the person keep their identity. */
export function patchPerson<T>(value: T, person: PersonRef): T {
  return patched(value, person) as T
}

function patched(value: unknown, person: PersonRef): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const items = value.map((item) => patched(item, person))
    return items.every((item, index) => item === value[index]) ? value : items
  }
  if (isPersonRef(value)) return value.id === person.id && !same(value, person) ? person : value
  const entries = Object.entries(value)
  const after = entries.map(([name, part]) => [name, patched(part, person)] as const)
  return after.every(([, part], index) => part === entries[index]?.[1])
    ? value
    : Object.fromEntries(after)
}

function isPersonRef(value: object): value is PersonRef {
  return 'id' in value && 'name' in value && 'staff' in value && 'active' in value
}

function same(a: PersonRef, b: PersonRef): boolean {
  return a.name === b.name && a.staff === b.staff && a.active === b.active
}
