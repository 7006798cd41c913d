import { fields, updatedFields } from '@deskbell/contract'
import type { Body, Changes, PersonRef, TicketFields, UpdatedField } from '@deskbell/contract'
import type { Db, Tx } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import { change } from '../../log/change.ts'
import type { ChangeRequest } from '../../log/change.ts'
import { actingPerson, personRef } from '../../access/actor.ts'
import { lockTicket } from './lock-ticket.ts'
import { refuseMentions } from './refuse-mentions.ts'
import { refuseStale } from './refuse-stale.ts'
import { saveTicket } from './save-ticket.ts'
import type { Ticket } from '../ticket.ts'
import { ticketEvent } from './ticket-event.ts'

export function editTicket(
  db: Db,
  request: ChangeRequest,
  id: string,
  input: Body<'editTicket'>,
): Promise<{ id: string }> {
  return change(db, request, async (tx, actor, record) => {
    const { ticket, relationship } = await lockTicket(tx, actor, id)
    const { assigneeId, version, undoes, ...plain } = input
    const isWritten = (name: UpdatedField) =>
      (name === 'assignee' ? assigneeId : plain[name]) !== undefined
    const isForbidden = (name: UpdatedField) =>
      isWritten(name) && !fields[name].mayWrite(actor, relationship, ticket.status)
    if (updatedFields.some(isForbidden)) throw new DeskError('forbidden')

    const edited: Ticket = {
      ...ticket,
      ...(plain as Partial<TicketFields>),
      assignee: await assigneeFor(tx, ticket, assigneeId),
    }
    const changes = changesBetween(ticket, edited)
    for (const field of updatedFields) {
      if (changes[field] !== undefined)
        await refuseStale(tx, actor, ticket, field, { version, undoes })
    }
    if (Object.keys(changes).length === 0) return { result: { id }, events: [] }

    const mentioned = await refuseMentions(tx, actor, plain.description, ticket.description)
    await saveTicket(tx, ticket, edited)
    // The history stores both texts and shows them to everyone on the ticket, so the audit log does not store them.
    const texts = ['title', 'description'].filter((field) => field in changes)
    if (texts.length > 0 && ticket.creator.id !== actor.id) {
      await record({
        kind: 'ticket.edited',
        subjectId: ticket.creator.id,
        ticketId: id,
        details: { fields: texts.join(', ') },
      })
    }
    const event = updatedEvent(ticket, edited, changes, actingPerson(actor), mentioned)
    return { result: { id }, events: [event] }
  })
}

/** The person cannot be deactivated or demoted at the same time: every change holds the people lock. */
async function assigneeFor(
  tx: Tx,
  ticket: Ticket,
  id: string | null | undefined,
): Promise<PersonRef | null> {
  if (id === undefined || id === ticket.assignee?.id) return ticket.assignee
  if (id === null) return null
  const person = await tx
    .selectFrom('people')
    .select(['id', 'name', 'role', 'active', 'color'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (person === undefined || !person.active || person.role === 'sales') {
    throw new DeskError('ticket.assigneeUnavailable')
  }
  return personRef(person)
}

function changesBetween(before: Ticket, after: Ticket): Changes {
  const changed = updatedFields.filter((name) =>
    name === 'assignee' ? before.assignee?.id !== after.assignee?.id : before[name] !== after[name],
  )
  return Object.fromEntries(changed.map((name) => [name, { old: before[name], new: after[name] }]))
}

/** The event, with its line in the history, which stores people by id. */
export function updatedEvent(
  before: Ticket,
  after: Ticket,
  changes: Changes,
  updatedBy: PersonRef,
  mentioned: readonly string[] = [],
) {
  const { assignee, watchers, ...text } = changes
  const lineChanges = {
    ...text,
    ...(assignee && { assignee: { old: assignee.old?.id ?? null, new: assignee.new?.id ?? null } }),
    ...(watchers && {
      watchers: { old: watchers.old.map((w) => w.id), new: watchers.new.map((w) => w.id) },
    }),
  }
  const people = [assignee?.old, assignee?.new, ...(watchers?.old ?? []), ...(watchers?.new ?? [])]
  return ticketEvent(
    'ticket:updated',
    before,
    after,
    { changes, updatedBy },
    {
      timeline: {
        kind: 'updated',
        data: { changes: lineChanges },
        people: [...new Set(people.flatMap((person) => (person ? [person.id] : [])))],
      },
      mentioned,
    },
  )
}
