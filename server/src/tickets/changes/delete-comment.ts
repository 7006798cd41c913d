import type { Db } from '../../database/types.ts'
import { change } from '../../log/change.ts'
import type { ChangeRequest } from '../../log/change.ts'
import { lockComment } from '../reads/comment-rows.ts'
import { refuseCorrection } from './edit-comment.ts'
import { removeComment } from './remove-comment.ts'

interface RemovedComment {
  id: string
  ticketId: string
  /** Files whose contents the caller removes after the commit. */
  fileIds: string[]
}

export function deleteComment(db: Db, request: ChangeRequest, id: string): Promise<RemovedComment> {
  return change(db, request, async (tx, actor, record) => {
    const { ticket, comment } = await lockComment(tx, actor, id)
    await refuseCorrection(tx, actor, comment)
    const { fileIds, events } = await removeComment(tx, record, actor, ticket, comment)
    return { result: { id, ticketId: ticket.id, fileIds }, events }
  })
}
