import type { Account, DeskEvent } from '@deskbell/contract'

/** Everyone, after an event. */
export function foldPeople(people: readonly Account[], event: DeskEvent): readonly Account[] {
  if (event.name === 'person:accountChanged') {
    const { account } = event.data
    return inOrder([...people.filter(({ id }) => id !== account.id), account])
  }
  if (event.name !== 'person:changed') return people
  const { id, name, active } = event.data.person
  return inOrder(
    people.map((account) => (account.id === id ? { ...account, name, active } : account)),
  )
}

/** By name, then by id. */
export function inOrder(people: readonly Account[]): readonly Account[] {
  return people.toSorted((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))
}
