import type { Account } from '@deskbell/contract'
import type { Resource } from '../cache/resource.ts'

/** Everyone's accounts, by name. For super admins. */
export const people = {
  fetched: 'retained',
  async load(api) {
    const { people: accounts, seq, tag } = await api.call('people')
    return { value: inOrder(accounts), seq, tag }
  },
  fold(value, event) {
    if (event.name === 'person:accountChanged') {
      const { account } = event.data
      return inOrder([...value.filter(({ id }) => id !== account.id), account])
    }
    if (event.name !== 'person:changed') return value
    const { id, name, active } = event.data.person
    return inOrder(
      value.map((account) => (account.id === id ? { ...account, name, active } : account)),
    )
  },
} satisfies Resource<readonly Account[]>

/** By name, then by id. */
function inOrder(people: readonly Account[]): readonly Account[] {
  return people.toSorted((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))
}
