import { filterFields, initialFields, pick } from '@deskbell/contract'
import type {
  DeskEvent,
  EventData,
  EventName,
  Meta,
  PersonRef,
  Ticket,
  TicketItem,
  TicketRow,
} from '@deskbell/contract'
import { rowOf } from '../cache/row-of.ts'

/** Values of the contract for tests that care about one or two of their parts. */
export function person(name: string, entry: Partial<PersonRef> = {}): PersonRef {
  return { id: `person-${name}`, name, staff: true, active: true, color: 0, ...entry }
}

export function ticket(number: number, entry: Partial<Ticket> = {}): Ticket {
  return {
    id: `ticket-${number}`,
    number,
    ...initialFields,
    title: `Ticket ${number}`,
    creator: person('Ada'),
    lastAuthor: person('Ada'),
    watchers: [],
    tags: [],
    commentCount: 0,
    attachmentCount: 0,
    createdAt: time(number),
    updatedAt: time(number),
    version: number,
    ...entry,
  }
}

export function row(number: number, entry: Partial<TicketRow> = {}): TicketRow {
  return rowOf(ticket(number, entry))
}

export function item(number: number, entry: Partial<TicketItem> = {}): TicketItem {
  return { ...row(number, entry), seen: 0, ...entry }
}

export function event<N extends EventName>(
  name: N,
  seq: number,
  data: EventData<N>,
  meta: Partial<Meta> = {},
): Extract<DeskEvent, { name: N }> {
  const version = 'ticket' in data ? seq : null
  const whole = {
    seq,
    tag: `t${seq}`,
    after: seq - 1,
    version,
    actor: { kind: 'person', person: person('Ada') },
    at: time(seq),
    ...meta,
  }
  return { name, data, meta: whole } as Extract<DeskEvent, { name: N }>
}

/** The ticket has moved to another status at `seq`. */
export function statusChanged(
  seq: number,
  before: TicketRow,
  newStatus: TicketRow['status'],
  meta: Partial<Meta> = {},
) {
  const { id: ticketId, status: oldStatus } = before
  const after = { ...before, status: newStatus, version: seq, updatedAt: time(seq) }
  const data = {
    ticketId,
    ticket: rowOf(after),
    before: pick(before, filterFields),
    oldStatus,
    newStatus,
  }
  return event('ticket:statusChanged', seq, data, meta)
}

export function time(seq: number): string {
  return new Date(Date.parse('2026-11-22T08:00:00.000Z') + seq * 1000).toISOString()
}
