import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { isStaff } from '@deskbell/contract'
import type { Reader, Reply, Role } from '@deskbell/contract'
import { statement } from '../database/statement.ts'
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
  const by = ref.includes('-') ? 'id' : 'number'
  const [row] = await wholeTicket(db, { ref, readerId: reader.id }, [reader.role, by])
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
  const [row] = await newTicket(db, { ref: id, readerId: reader.id }, reader.role)
  if (row === undefined) throw new DeskError('not.found')
  const { log_seq: seq, log_tag: tag, ...ticket } = row
  return { ticket, seq, tag }
}

interface Which {
  ref: string
  readerId: string
}

const wholeTicket = statement((db, given: Which, [role, by]: [Role, 'id' | 'number']) => {
  const reader = { id: given.readerId, role }
  return ticketRow(db, reader)
    .where(sql<boolean>`${sql.ref(`t.${by}`)} = ${given.ref}`)
    .select([
      jsonArrayFrom(timelineRows(db, reader).where(sql<boolean>`l.ticket_id = t.id`)).as(
        'timeline',
      ),
      jsonArrayFrom(filesOf(db, reader)).as('attachments'),
    ])
})

const newTicket = statement((db, given: Which, role: Role) =>
  ticketRow(db, { id: given.readerId, role }).where('t.id', '=', given.ref),
)

function ticketRow(db: Db, reader: Reader) {
  return itemRows(db, reader)
    .select(['t.description', watchersOf('t').as('watchers')])
    .select(positionColumns)
    .where(visibleTo(reader))
}

function filesOf(db: Db, reader: Reader) {
  return attachmentRows(db)
    .where(sql<boolean>`f.ticket_id = t.id`)
    .where('f.draft', '=', false)
    .$if(!isStaff(reader.role), (query) => query.where('f.internal', '=', false))
    .orderBy('f.id')
}
