import { sql } from 'kysely'
import type { RawBuilder, Selectable } from 'kysely'
import { isStaff } from '@deskbell/contract'
import type { Reader, Relationship } from '@deskbell/contract'
import { statement } from '../database/statement.ts'
import type { Db, TicketsTable } from '../database/types.ts'

/** A row of `ticket_readers`: a person who reads a ticket, and why. */
export interface TicketReader {
  personId: string
  why: 'creator' | 'watcher'
}

/** Staff read every ticket by their role, without a row in `ticket_readers`. */
export function mayReadTicket(reader: Reader, readers: readonly TicketReader[]): boolean {
  return isStaff(reader.role) || readers.some(({ personId }) => personId === reader.id)
}

/** `mayReadTicket` in SQL, for a statement that begins with one ticket `t`. */
export function visibleTo(reader: Reader): RawBuilder<boolean> {
  if (isStaff(reader.role)) return sql`true`
  return sql`exists (
    select from ticket_readers r where r.ticket_id = t.id and r.person_id = ${reader.id})`
}

/** SQL for tickets, as a table. */
export type Tickets = RawBuilder<Selectable<TicketsTable>>

/** All tickets that a reader may see, for a statement that goes through all of them. */
export function ticketsVisibleTo(reader: Reader): Tickets {
  if (isStaff(reader.role)) return sql`tickets`
  return sql`(
    select * from tickets where creator_id = ${reader.id}
    union all
    select * from ${otherwiseReadBy(reader)} t)`
}

/**
 * Contains the first tickets `t` that a reader may see, for a statement that chooses the same again. `chosen` makes the end of
 * a query: where, order by and limit; with `creatorId`, for the tickets that this person raised. They may be many, and an
 * index has them in the order of each sort.
 */
export function firstVisibleTo(
  reader: Reader,
  chosen: (creatorId?: string) => RawBuilder<unknown>,
): Tickets {
  if (isStaff(reader.role)) return sql`tickets`
  return sql`(
    (select * from tickets t ${chosen(reader.id)})
    union all
    (select * from ${otherwiseReadBy(reader)} t ${chosen()}))`
}

/** The tickets that a reader did not raise and reads for another reason. */
function otherwiseReadBy(reader: Reader): Tickets {
  const ids = sql<string>`${ticketIdsOf(reader.id)} and why <> 'creator'`
  return sql`(select * from ${ticketsWith(ids)} o where creator_id <> ${reader.id})`
}

/**
 * The tickets with these ids. It reads them and no others: the array and `offset 0` keep PostgreSQL from going through all
 * tickets and checking each.
 */
export function ticketsWith(ids: RawBuilder<string>): Tickets {
  return sql`(select * from tickets where id = any(array(${ids})) offset 0)`
}

/** SQL for the ids of the tickets on which a person is. */
export function ticketIdsOf(personId: string): RawBuilder<string> {
  return sql`select ticket_id from ticket_readers where person_id = ${personId}`
}

/** SQL for the readers of a ticket. */
export function readersOf(ticket: string) {
  return sql<TicketReader[]>`(
    select json_agg(json_build_object('personId', r.person_id, 'why', r.why))
    from ticket_readers r where r.ticket_id = ${sql.ref(`${ticket}.id`)})`
}

export function relationshipOf(
  person: { id: string },
  readers: readonly TicketReader[],
): Relationship {
  const is = (why: TicketReader['why']) =>
    readers.some((reader) => reader.personId === person.id && reader.why === why)
  return { creator: is('creator'), watcher: is('watcher') }
}

/** The ids of the people on a ticket: everyone who reads it without being staff, and perhaps some staff. */
export function participants(readers: readonly TicketReader[]): string[] {
  return [...new Set(readers.map(({ personId }) => personId))]
}

/** Who reads these tickets, by id, and as of which position of the log. Tickets that do not exist are missing. */
export async function readersAt(
  db: Db,
  ids: readonly string[],
): Promise<{ seq: number; readers: ReadonlyMap<string, readonly string[]> }> {
  const [read] = await readersNow(db, { ids })
  if (read === undefined) throw new Error('the log has one row')
  return { seq: read.seq, readers: new Map(read.tickets.map(({ id, people }) => [id, people])) }
}

/** One statement sees one state of the database. */
const readersNow = statement(
  (_db, params: { ids: readonly string[] }) => sql<{
    seq: number
    tickets: { id: string; people: string[] }[]
  }>`
    select (select head from log) as seq, coalesce(json_agg(json_build_object(
      'id', t.id,
      'people', array(select distinct person_id from ticket_readers where ticket_id = t.id)
    )), '[]') as tickets
    from tickets t where t.id = any(${params.ids}::uuid[])`,
)

/** The given tickets that a reader who is not staff may see now. */
export async function visibleTickets(
  db: Db,
  reader: Reader,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await visibleAmong(db, { readerId: reader.id, ids })
  return new Set(rows.map(({ ticket_id }) => ticket_id))
}

const visibleAmong = statement(
  (_db, params: { readerId: string; ids: readonly string[] }) => sql<{ ticket_id: string }>`
    ${ticketIdsOf(params.readerId)} and ticket_id = any(${params.ids}::uuid[])`,
)
