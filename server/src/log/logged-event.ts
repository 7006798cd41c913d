import { sql } from 'kysely'
import {
  defaultSettings,
  editedSettings,
  initialFields,
  initialPersonSettings,
  pick,
  rowFields,
} from '@deskbell/contract'
import type { ActorRef, EventData, EventName, Meta, Position } from '@deskbell/contract'
import { statement } from '../database/statement.ts'
import type { Db, Tx } from '../database/types.ts'
import type { Audience, TicketOf } from './append-events.ts'

/** The columns that every event has. */
interface EventRow extends Position {
  at: string
  ticketId: string | null
  audience: Audience
  people: readonly string[]
  actor: ActorRef | null
  commandId: string | null
  /** Whom it notified, by person. Each of them learns only their own. */
  notified: Readonly<Record<string, Notice>> | null
  /** Size of its JSON texts: roughly what it takes in memory, and the most that is sent of it. */
  bytes: number
}

/** Why an event concerns a person, and what became of a snooze. */
export type Notice = Required<Pick<Meta, 'reason'>> & Pick<Meta, 'snooze'>

interface LoggedEventOf<N extends EventName> extends EventRow {
  name: N
  data: Omit<EventData<N>, 'ticket'>
  /** The ticket's row after the event, as people on the ticket and as staff see it. */
  ticket: [TicketOf<N>] extends [never] ? null : TicketOf<N>
  staffTicket: LoggedEventOf<N>['ticket']
}

/** An event as the log stores it, before it is rendered for a reader. */
export type LoggedEvent<N extends EventName = EventName> = { [K in N]: LoggedEventOf<K> }[N]

/** How much of the log one read returns at most. An event larger than `bytes` is returned alone. */
export interface Portion {
  events: number
  bytes: number
}

/** Whether the read was limited: the log may have more events. */
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

/**
 * Events after a position. Undefined: the log does not have that position, because a backup was restored or another
 * server took over.
 */
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

/** Returns at least one row, with the tag that the log has at the position. */
const rowsSince = statement(
  (db, range: Range) => sql<{ known: string | null } & (LoggedEvent | { seq: null })>`
    select case when log.floor = ${range.seq}::bigint then log.floor_tag
      else (select tag from events where seq = ${range.seq}::bigint) end as known, event.*
    from log left join lateral (${rowsAfter(db, range)}) event on true`,
)

interface Range extends Portion {
  seq: number
}

function rowsAfter(db: Db | Tx, range: Range) {
  const next = db
    .selectFrom('events')
    .selectAll()
    .where('seq', '>', range.seq)
    .orderBy('seq')
    .limit(range.events)
  const measured = db
    .selectFrom(next.as('next'))
    .selectAll()
    .select(sql<number>`sum(bytes) over (order by seq) - bytes`.as('before'))
  // `append_events` alone writes rows, and its callers pass a `NewEvent`.
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
      'notified',
      'bytes',
    ])
    .where('before', '<', range.bytes)
    .orderBy('seq')
    .$castTo<LoggedEvent>()
}

/** Removes what only staff may know: how many tickets a person is assigned, and whether some ticket has a tag. */
function publicData(event: LoggedEvent): object {
  if (event.name === 'person:changed') {
    const { assignedActive: _count, ...rest } = event.data
    return rest
  }
  if (event.name === 'tag:changed') {
    const { used: _used, ...tag } = event.data.tag
    return { ...event.data, tag }
  }
  return event.data
}

/** An event's data and ticket version, for staff or for everyone else. */
export interface Rendered {
  data: object
  version: number | null
}

const initialRow = { ...pick(initialFields, rowFields), tags: [] }
const initialTicket = { ...initialFields, tags: [] }

/** The row of staff as `append_events` stores it: whether somebody had looked before the event, and has after it. */
interface Eyes {
  looked?: boolean
  wasLooked?: boolean
}

/** Renders an event. The result depends only on whether the reader is staff. */
export function render(event: LoggedEvent, staff: boolean): Rendered {
  const row = staff ? event.staffTicket : event.ticket
  if (event.name === 'person:settingsChanged')
    return {
      data: { settings: { ...initialPersonSettings, ...event.data.settings } },
      version: null,
    }
  if (event.name === 'settings:changed')
    return {
      data: { settings: editedSettings(defaultSettings, event.data.settings) },
      version: null,
    }
  if (row === null) return { data: staff ? event.data : publicData(event), version: null }
  // A row from before a field existed lacks it.
  const initial = event.name === 'ticket:created' ? initialTicket : initialRow
  const { wasLooked = true, looked = true, ...stored } = row as typeof row & Eyes
  const eyes = staff ? { looked } : {}
  const ticket = { ...initial, ...stored, version: event.seq, updatedAt: event.at, ...eyes }
  const data = { ...event.data, ticket }
  if (!staff || !('before' in data)) return { data, version: event.seq }
  return { data: { ...data, before: { ...data.before, looked: wasLooked } }, version: event.seq }
}
