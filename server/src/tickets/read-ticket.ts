import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { isStaff } from '@deskbell/contract'
import type { Reader, Reply } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { positionColumns } from '../events/log-position.ts'
import { attachmentRows } from './attachment-rows.ts'
import { watchersOf } from './lock-ticket.ts'
import { itemRows } from './read-tickets.ts'
import { visibleTo } from './ticket-filter.ts'
import { timelineRows, toTimelineItem } from './timeline.ts'

/** A ticket by id or number, with its history and files, as the reader sees it: one statement sees one moment. */
export async function readTicket(db: Db, reader: Reader, ref: string): Promise<Reply<'ticket'>> {
  const row = await ticketRow(db, reader, ref)
    .select([
      jsonArrayFrom(timelineRows(db, reader).where(sql<boolean>`l.ticket_id = t.id`)).as(
        'timeline',
      ),
      jsonArrayFrom(filesOf(db, reader)).as('attachments'),
    ])
    .executeTakeFirst()
  if (row === undefined) throw new DeskError('not.found')
  const { timeline, attachments, log_seq: seq, log_tag: tag, ...ticket } = row
  return { ticket, timeline: timeline.map(toTimelineItem), attachments, seq, tag }
}

/** The same without history and files, which a new ticket has none of. */
export async function readNewTicket(
  db: Db,
  reader: Reader,
  id: string,
): Promise<Reply<'createTicket'>> {
  const row = await ticketRow(db, reader, id).executeTakeFirst()
  if (row === undefined) throw new DeskError('not.found')
  const { log_seq: seq, log_tag: tag, ...ticket } = row
  return { ticket, seq, tag }
}

function ticketRow(db: Db, reader: Reader, ref: string) {
  return itemRows(db, reader)
    .select(['t.description', watchersOf('t').as('watchers')])
    .select(positionColumns)
    .where((eb) => (ref.includes('-') ? eb('t.id', '=', ref) : eb('t.number', '=', Number(ref))))
    .where(visibleTo(reader))
}

function filesOf(db: Db, reader: Reader) {
  return attachmentRows(db)
    .where(sql<boolean>`f.ticket_id = t.id`)
    .where('f.draft', '=', false)
    .$if(!isStaff(reader.role), (query) => query.where('f.internal', '=', false))
    .orderBy('f.id')
}
