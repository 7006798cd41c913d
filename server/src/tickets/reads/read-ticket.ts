import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { limits } from '@deskbell/contract'
import type { Reader, Reply, Role } from '@deskbell/contract'
import { statement } from '../../database/statement.ts'
import { visibleTo } from '../../access/readers.ts'
import type { Db, Tx } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import { positionColumns } from '../../log/log-position.ts'
import { watchersOf } from '../changes/lock-ticket.ts'
import { otherColumns } from '../field-columns.ts'
import { itemRows } from './read-tickets.ts'
import { looksFor, looksOfTicket, showsReceipts } from './looks.ts'
import { refColumn } from './ticket-filter.ts'
import type { RefColumn } from './ticket-filter.ts'
import { hasMore, timelinePage, toTimeline } from './timeline.ts'

/**
 * Reads a ticket by id or number, with the newest page of its history, as the reader sees it. One statement reads it
 * from one snapshot.
 */
export async function readTicket(db: Db, reader: Reader, ref: string): Promise<Reply<'ticket'>> {
  const [row] = await wholeTicket(db, { ref, readerId: reader.id }, [reader.role, refColumn(ref)])
  if (row === undefined) throw new DeskError('not.found')
  const { lines, log_seq: seq, log_tag: tag, looks, showing, ...ticket } = row
  const { items: timeline, attachments } = toTimeline(lines)
  const earlier = hasMore(lines) ? String(lines[0]?.seq) : null
  const shown = looksFor(reader, looks, showing)
  return { ticket, timeline, attachments, earlier, ...shown, seq, tag }
}

/** Reads a new ticket, which has no history and no files. */
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

const wholeTicket = statement((db, params: Which, [role, by]: [Role, RefColumn]) => {
  const reader = { id: params.readerId, role }
  const page = {
    ticketId: sql`t.id`,
    side: 'newest',
    limit: sql.lit(limits.pageSize),
  } as const
  return ticketRow(db, reader)
    .where(sql<boolean>`${sql.ref(`t.${by}`)} = ${params.ref}`)
    .select(jsonArrayFrom(timelinePage(db, reader, page)).as('lines'))
    .select(looksOfTicket.as('looks'))
    .select(
      sql<boolean>`(select ${showsReceipts('me')} from people me where me.id = ${reader.id})`.as(
        'showing',
      ),
    )
})

const newTicket = statement((db, params: Which, role: Role) =>
  ticketRow(db, { id: params.readerId, role }).where('t.id', '=', params.ref),
)

function ticketRow(db: Db | Tx, reader: Reader) {
  return itemRows(db, reader)
    .select([...otherColumns, watchersOf('t').as('watchers')])
    .select(positionColumns)
    .where(visibleTo(reader))
}
