import { isStaff } from '@deskbell/contract'
import type { Reader, Reply, Role } from '@deskbell/contract'
import { statement } from '../../database/statement.ts'
import { visibleTo } from '../../access/readers.ts'
import type { Db } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import { positionColumns } from '../../log/log-position.ts'
import { commentOf } from './comment-rows.ts'
import { itemRows } from './read-tickets.ts'

/** Reads a comment and its ticket's row, as the reader sees them. */
export async function readComment(
  db: Db,
  reader: Reader,
  { id }: { id: string },
): Promise<Reply<'addComment'>> {
  const [row] = await commentWithItem(db, { id, readerId: reader.id }, reader.role)
  if (row === undefined) throw new DeskError('not.found')
  const { comment, log_seq: seq, log_tag: tag, ...ticket } = row
  return { comment, ticket, seq, tag }
}

const commentWithItem = statement((db, params: { id: string; readerId: string }, role: Role) => {
  const reader = { id: params.readerId, role }
  return itemRows(db, reader)
    .innerJoin('comments as comment', 'comment.ticket_id', 't.id')
    .innerJoin('people as author', 'author.id', 'comment.author_id')
    .select(commentOf('comment', 'author').as('comment'))
    .select(positionColumns)
    .where('comment.id', '=', params.id)
    .$if(!isStaff(role), (query) => query.where('comment.internal', '=', false))
    .where(visibleTo(reader))
})
