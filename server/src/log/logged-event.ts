import { sql } from 'kysely'
import type { EventName, PersonRef, Position } from '@deskbell/contract'
import { statement } from '../database/statement.ts'
import type { Db } from '../database/types.ts'
import type { Audience } from './append-events.ts'

/** An event as the log has it, before it is put into the form one reader gets. */
export interface LoggedEvent extends Position {
  at: string
  name: EventName
  ticketId: string | null
  audience: Audience
  people: readonly string[]
  actor: PersonRef | null
  commandId: string | null
  data: Record<string, unknown>
  ticket: Record<string, unknown> | null
  staffTicket: Record<string, unknown> | null
  /** Of its texts as JSON: what it takes in memory, more or less, and what it is at most when it is sent. */
  bytes: number
}

/** How much of the log is read at once. An event larger than that comes alone. */
export interface Portion {
  events: number
  bytes: number
}

/** Whether there may be more than was read. */
export function isPortion(read: readonly LoggedEvent[], { events, bytes }: Portion): boolean {
  return read.length >= events || bytesOf(read) >= bytes
}

export function bytesOf(events: readonly LoggedEvent[]): number {
  return events.reduce((sum, event) => sum + event.bytes, 0)
}

/** Events after a position, in order. */
export function eventsAfter(db: Db, seq: number, portion: Portion): Promise<LoggedEvent[]> {
  return eventRows(db, { seq, ...portion })
}

/** The same, if the log ever had that position: one that was put back, or another server's, may not. */
export async function eventsSince(
  db: Db,
  { seq, tag }: Position,
  portion: Portion,
): Promise<LoggedEvent[] | undefined> {
  const rows = await rowsSince(db, { seq, ...portion })
  if (rows[0]?.known !== tag) return undefined
  return rows.filter((row) => row.seq !== null)
}

const eventRows = statement(rowsAfter)

/** One row at least, which says what the log knows of the position. */
const rowsSince = statement(
  (db, given: Range) => sql<{ known: string | null } & (LoggedEvent | { seq: null })>`
    select case when log.floor = ${given.seq}::bigint then log.floor_tag
      else (select tag from events where seq = ${given.seq}::bigint) end as known, event.*
    from log left join lateral (${rowsAfter(db, given)}) event on true`,
)

interface Range extends Portion {
  seq: number
}

function rowsAfter(db: Db, given: Range) {
  const next = db
    .selectFrom('events')
    .selectAll()
    .where('seq', '>', given.seq)
    .orderBy('seq')
    .limit(given.events)
  const measured = db
    .selectFrom(next.as('next'))
    .selectAll()
    .select(sql<number>`sum(bytes) over (order by seq) - bytes`.as('before'))
  return db
    .selectFrom(measured.as('measured'))
    .select([
      'seq',
      'tag',
      'at',
      'name',
      'ticket_id as ticketId',
      'audience',
      'people',
      'actor',
      'command_id as commandId',
      'data',
      'ticket',
      'staff_ticket as staffTicket',
      'bytes',
    ])
    .where('before', '<', given.bytes)
    .orderBy('seq')
    .$castTo<LoggedEvent>()
}

/** How many tickets someone has is for staff to know. */
function untold({ name, data }: LoggedEvent): Record<string, unknown> {
  if (name !== 'person:changed') return data
  const { assignedActive: _count, ...rest } = data
  return rest
}

/** An event's data and what is said about it, for staff or for the others. */
export interface Rendered {
  data: Record<string, unknown>
  version: number | null
}

/** What an event says depends on nothing but whether the reader is staff. */
export function render(event: LoggedEvent, staff: boolean): Rendered {
  const row = staff ? event.staffTicket : event.ticket
  if (row === null) return { data: staff ? event.data : untold(event), version: null }
  const ticket = { ...row, version: event.seq, updatedAt: event.at }
  return { data: { ...event.data, ticket }, version: event.seq }
}
