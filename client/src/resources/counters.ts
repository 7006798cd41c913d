import { isStaff, matchesFilter, viewNames, views } from '@deskbell/contract'
import type { Counters, EventData, FilterFields, TicketRow } from '@deskbell/contract'
import { changesAssignability } from '../cache/changes-assignability.ts'
import type { Resource } from '../cache/resource.ts'

/** How many tickets each view has. */
export const counters = {
  fetched: 'always',
  async load(api) {
    const { counters: value, seq, tag } = await api.call('counters')
    return { value, seq, tag }
  },
  /** Subtracts what the ticket counted for before, adds what it counts for now. */
  fold(value, event, { id }) {
    if ('ticket' in event.data) {
      const { ticket } = event.data
      const rest =
        'before' in event.data ? count(value, { ...ticket, ...event.data.before }, -1, id) : value
      return count(rest, ticket, 1, id)
    }
    switch (event.name) {
      case 'access:lost':
        // The counter of own tickets stays: creators never lose access.
        return count(value, { ...event.data.before, creator: { id: '' }, tags: [] }, -1, id)
      case 'ticket:looked':
        return { ...value, unseenByStaff: value.unseenByStaff - 1 }
      case 'person:changed':
        return recount(value, event.data)
      default:
        return value
    }
  },
  reloadsOn({ name, data, meta }, { role }) {
    switch (name) {
      case 'access:gained':
        // The counters do not include this ticket: its events would be subtracted from nothing.
        return true
      case 'access:lost':
        // A replay skips earlier events of the lost ticket, so its last known row may be wrong.
        return meta.replayed === true
      case 'person:changed':
        // The event carries the count of all tickets, and a requester sees only some of them.
        return changesAssignability(data) && !isStaff(role)
      default:
        return false
    }
  },
} satisfies Resource<Counters>

type Counted = FilterFields & Pick<TicketRow, 'tags'> & { creator: { id: string } }

function recount(counters: Counters, data: EventData<'person:changed'>): Counters {
  // The event tells the number to staff only; requesters fetch their counters.
  const { assignedActive = 0, wasAssignable } = data
  if (!changesAssignability(data) || assignedActive === 0) return counters
  const by = wasAssignable ? assignedActive : -assignedActive
  return { ...counters, unassigned: counters.unassigned + by }
}

function count(counters: Counters, ticket: Counted, by: number, meId: string): Counters {
  const inside = viewNames.filter((name) => matchesFilter(views[name], ticket, meId))
  return { ...counters, ...Object.fromEntries(inside.map((name) => [name, counters[name] + by])) }
}
