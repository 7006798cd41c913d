import type {
  Changes,
  EventName,
  NotificationReason,
  PersonRef,
  Priority,
} from '@deskbell/contract'

/** Whom an event concerns, and why: a person, or all staff. */
export type Concern =
  | { person: string; reason: NotificationReason }
  | { staff: true; reason: NotificationReason }

/** What decides whom an event of a ticket concerns: the ticket, as it is after the event or was before it. */
interface ConcernedTicket {
  creator: PersonRef
  assignee: PersonRef | null
  watchers: readonly PersonRef[]
  priority: Priority
}

interface TicketChange {
  name: EventName
  /** The event's data, of which these decide. */
  data: { changes?: Changes; afterDays?: number }
  before: ConcernedTicket
  after: ConcernedTicket
  /** The ids of the people whom the text of the event newly names. */
  mentioned?: readonly string[]
}

/**
 * Whom an event of a ticket concerns: rule NT1 of docs/realtime.md. This is the only such rule. It may name people twice,
 * and who acts, is not active, or may not see the event: the log notifies the others, each of their strongest reason.
 */
export function concernsOf({ mentioned = [], ...change }: TicketChange): Concern[] {
  return [...named(mentioned, 'mentioned'), ...concernsBeside(change)]
}

function concernsBeside({ name, data, before, after }: Omit<TicketChange, 'mentioned'>): Concern[] {
  switch (name) {
    case 'ticket:created':
    case 'ticket:priorityChanged':
      if (after.priority === 'urgent')
        return [{ staff: true, reason: 'urgent' }, ...named(peopleOf(after), 'urgent')]
      return named(peopleOf(after), 'watched')
    case 'ticket:commentAdded':
      return named(peopleOf(after), 'reply')
    case 'ticket:updated':
      return concernsOfUpdate(data.changes ?? {}, before, after)
    case 'ticket:statusChanged':
      // What the system does asks nobody to look.
      return data.afterDays === undefined ? named(peopleOf(after), 'watched') : []
    case 'ticket:attachmentAdded':
      return named(peopleOf(after), 'watched')
    default:
      return []
  }
}

function concernsOfUpdate(
  { watchers, ...others }: Changes,
  before: ConcernedTicket,
  after: ConcernedTicket,
): Concern[] {
  const known = watchers?.old.map(({ id }) => id) ?? []
  const added = watchers?.new.flatMap(({ id }) => (known.includes(id) ? [] : [id])) ?? []
  const { assignee } = after
  const assigned = assignee === null || assignee.id === before.assignee?.id ? [] : [assignee.id]
  return [
    ...named(added, 'access'),
    ...named(assigned, 'assigned'),
    ...(Object.keys(others).length > 0 ? named(peopleOf(after), 'watched') : []),
  ]
}

/** Who raised the ticket, is assigned to it or watches it. */
function peopleOf({ creator, assignee, watchers }: ConcernedTicket): string[] {
  return [creator, ...(assignee === null ? [] : [assignee]), ...watchers].map(({ id }) => id)
}

function named(people: readonly string[], reason: NotificationReason): Concern[] {
  return people.map((person) => ({ person, reason }))
}
