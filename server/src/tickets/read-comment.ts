import { isStaff } from '@deskbell/contract'
import type { Reader, Reply } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { snapshot } from '../events/log-position.ts'
import { commentById } from './comment-rows.ts'
import { ticketItem } from './read-tickets.ts'

/** A comment with its ticket's row, as the reader sees them. */
export function readComment(
  db: Db,
  reader: Reader,
  made: { id: string; ticketId: string },
): Promise<Reply<'addComment'>> {
  return snapshot(db, async (tx) => {
    const comment = await commentById(tx, made.id)
    if (comment === undefined || (comment.internal && !isStaff(reader.role)))
      throw new DeskError('not.found')
    return { comment, ticket: (await ticketItem(tx, reader, made.ticketId)).ticket }
  })
}
