import { limits, mayRemoveWatcher, mayTriage } from '@deskbell/contract'
import type { PersonRef } from '@deskbell/contract'
import type { Db, Tx } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import type { NewEvent } from '../../log/append-events.ts'
import { change } from '../../log/change.ts'
import type { ChangeRequest } from '../../log/change.ts'
import { actingPerson, personRef } from '../../access/actor.ts'
import { participants } from '../../access/readers.ts'
import { updatedEvent } from './edit-ticket.ts'
import { lockTicket } from './lock-ticket.ts'
import { filterFieldsOf } from '../ticket.ts'
import type { Ticket } from '../ticket.ts'

/** Adds a watcher. A person who could not see the ticket before gets `access:gained` and no other event. */
export function watch(
  db: Db,
  request: ChangeRequest,
  id: string,
  personId: string,
): Promise<{ id: string }> {
  return change(db, request, async (tx, actor) => {
    const { ticket, relationship } = await lockTicket(tx, actor, id)
    // Staff decide who sees a ticket. Its creator may also watch it.
    if (!mayTriage(actor) && !(actor.id === personId && relationship.creator))
      throw new DeskError('forbidden')
    if (ticket.watchers.some((watcher) => watcher.id === personId))
      return { result: { id }, events: [] }
    if (ticket.watchers.length >= limits.watchersPerTicket)
      throw new DeskError('ticket.tooManyWatchers')
    const person = await activePerson(tx, personId)

    await tx.insertInto('watchers').values({ ticket_id: id, person_id: personId }).execute()
    const watched = {
      ...ticket,
      watchers: [...ticket.watchers, person].sort((a, b) => (a.id < b.id ? -1 : 1)),
      readers: [...ticket.readers, { personId, why: 'watcher' } as const],
    }
    return { result: { id }, events: watchEvents(ticket, watched, person, actingPerson(actor)) }
  })
}

/** Removes a watcher. A person who saw the ticket only as its watcher gets `access:lost` and no other event. */
export function unwatch(
  db: Db,
  request: ChangeRequest,
  id: string,
  personId: string,
): Promise<{ id: string }> {
  return change(db, request, async (tx, actor) => {
    const { ticket } = await lockTicket(tx, actor, id)
    if (!mayRemoveWatcher(actor, personId)) throw new DeskError('forbidden')
    const person = ticket.watchers.find((watcher) => watcher.id === personId)
    if (person === undefined) return { result: { id }, events: [] }

    await tx
      .deleteFrom('watchers')
      .where('ticket_id', '=', id)
      .where('person_id', '=', personId)
      .execute()
    const unwatched = {
      ...ticket,
      watchers: ticket.watchers.filter((watcher) => watcher.id !== personId),
      readers: ticket.readers.filter(
        (reader) => reader.personId !== personId || reader.why !== 'watcher',
      ),
    }
    return { result: { id }, events: watchEvents(ticket, unwatched, person, actingPerson(actor)) }
  })
}

/** The person cannot change at the same time: every change holds the people lock. */
async function activePerson(tx: Tx, id: string): Promise<PersonRef> {
  const person = await tx
    .selectFrom('people')
    .select(['id', 'name', 'role', 'active', 'color'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (person === undefined) throw new DeskError('not.found')
  if (!person.active) throw new DeskError('person.inactive')
  return personRef(person)
}

/**
 * The change of the watchers, and of the access of a person who is not staff: it begins with their first reason to read
 * the ticket, and ends with the last.
 */
function watchEvents(before: Ticket, after: Ticket, person: PersonRef, by: PersonRef): NewEvent[] {
  const changes = { watchers: { old: [...before.watchers], new: [...after.watchers] } }
  const updated = updatedEvent(before, after, changes, by)
  const isReader = ({ readers }: Ticket) => participants(readers).includes(person.id)
  const access = {
    ticketId: after.id,
    audience: 'people',
    people: [person.id],
  } as const
  if (person.staff || isReader(before) === isReader(after)) return [updated]
  if (isReader(before)) {
    const data = { ticketId: after.id, before: filterFieldsOf(before) }
    return [updated, { name: 'access:lost', data, ...access }]
  }
  const { notify = [], ...toOthers } = updated
  const people = updated.people.filter((id) => id !== person.id)
  return [
    { ...toOthers, people },
    { name: 'access:gained', data: { ticketId: after.id }, ...access, notify },
  ]
}
