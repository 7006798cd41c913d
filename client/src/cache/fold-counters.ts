import { isUnassigned, matchesFilter, viewNames, views } from '@deskbell/contract'
import type { Counters, DeskEvent, FilterFields } from '@deskbell/contract'

type Counted = FilterFields & { creator: { id: string } }

/** Updates the counters: subtracts what the ticket counted for before, adds what it counts for now. */
export function foldCounters(counters: Counters, event: DeskEvent, meId: string): Counters {
  if ('ticket' in event.data) {
    const { ticket } = event.data
    const rest =
      'before' in event.data
        ? count(counters, { ...ticket, ...event.data.before }, -1, meId)
        : counters
    return count(rest, ticket, 1, meId)
  }
  switch (event.name) {
    case 'access:lost':
      // The counter of own tickets stays: creators never lose access.
      return count(counters, { ...event.data.before, creator: { id: '' } }, -1, meId)
    case 'person:changed':
      return recount(counters, event.data)
    default:
      return counters
  }
}

/** Whether a person became able, or unable, to work on tickets assigned to them. */
export function changesAssignability({ person, wasAssignable }: AssignabilityOf): boolean {
  return wasAssignable === isUnassigned({ assignee: person })
}

type AssignabilityOf = Pick<
  Extract<DeskEvent, { name: 'person:changed' }>['data'],
  'person' | 'wasAssignable'
>

function recount(
  counters: Counters,
  data: Extract<DeskEvent, { name: 'person:changed' }>['data'],
): Counters {
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
