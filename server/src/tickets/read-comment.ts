import { isStaff } from '@deskbell/contract'
import type { Reader, Reply } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { positionColumns } from '../events/log-position.ts'
import { commentOf } from './comment-rows.ts'
import { itemRows } from './read-tickets.ts'
import { visibleTo } from './ticket-filter.ts'

/** A comment with its ticket's row, as the reader sees them. */
export async function readComment(
  db: Db,
  reader: Reader,
  made: { id: string; ticketId: string },
): Promise<Reply<'addComment'>> {
  const row = await itemRows(db, reader)
    .innerJoin('comments as comment', 'comment.ticket_id', 't.id')
    .innerJoin('people as author', 'author.id', 'comment.author_id')
    .select(commentOf('comment', 'author').as('comment'))
    .select(positionColumns)
    .where('comment.id', '=', made.id)
    .$if(!isStaff(reader.role), (query) => query.where('comment.internal', '=', false))
    .where(visibleTo(reader))
    .executeTakeFirst()
  if (row === undefined) throw new DeskError('not.found')
  const { comment, log_seq: seq, log_tag: tag, ...ticket } = row
  return { comment, ticket, seq, tag }
}
