import { isStaff, mentionedIn } from '@deskbell/contract'
import type { DeskEvent, PersonRef } from '@deskbell/contract'
import type { Resource } from '../cache/resource.ts'

/** The active people whom the reader may know, by name: staff know everyone, others the people whom their tickets show. */
export const names = {
  fetched: 'retained',
  async load(api) {
    const { people, seq, tag } = await api.call('names')
    return { value: inOrder(people), seq, tag }
  },
  fold(value, event) {
    if (event.name === 'person:changed') return withPerson(value, event.data.person)
    const { actor } = event.meta
    if (!('ticketId' in event.data) || actor?.kind !== 'person') return value
    return value.some(({ id }) => id === actor.person.id) ? value : withPerson(value, actor.person)
  },
  reloadsOn: (event, { role }) => !isStaff(role) && mayShowOthers(event),
} satisfies Resource<readonly PersonRef[]>

function withPerson(value: readonly PersonRef[], person: PersonRef): readonly PersonRef[] {
  const others = value.filter(({ id }) => id !== person.id)
  return person.active ? inOrder([...others, person]) : others
}

/** Whether an event may show the reader somebody whom no ticket showed before, or hide somebody. */
function mayShowOthers({ name, data }: DeskEvent): boolean {
  switch (name) {
    case 'access:gained':
    case 'access:lost':
      return true
    case 'ticket:updated': {
      const { assignee, watchers, description } = data.changes
      return assignee !== undefined || watchers !== undefined || mentions(description?.new)
    }
    case 'ticket:commentAdded':
    case 'ticket:commentEdited':
      return mentions(data.comment.body)
    default:
      return false
  }
}

function mentions(text = ''): boolean {
  return mentionedIn(text).length > 0
}

/** By name, then by id. */
function inOrder(people: readonly PersonRef[]): readonly PersonRef[] {
  return people.toSorted((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))
}
