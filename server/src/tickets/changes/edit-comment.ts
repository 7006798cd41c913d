import { mayCorrectComment } from '@deskbell/contract'
import { now, readClock } from '../../database/now.ts'
import type { Db, Tx } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import { change } from '../../log/change.ts'
import type { ChangeRequest } from '../../log/change.ts'
import type { PersonActor } from '../../access/actor.ts'
import { commentById, hasFiles, isBlank, lockComment } from '../reads/comment-rows.ts'
import type { LockedComment } from '../reads/comment-rows.ts'
import { refuseMentions } from './refuse-mentions.ts'
import { ticketEvent } from './ticket-event.ts'

export function editComment(
  db: Db,
  request: ChangeRequest,
  id: string,
  body: string,
): Promise<{ id: string; ticketId: string }> {
  return change(db, request, async (tx, actor, record) => {
    const { ticket, comment } = await lockComment(tx, actor, id)
    await refuseCorrection(tx, actor, comment)
    if (isBlank(body) && !(await hasFiles(tx, id))) throw new DeskError('comment.empty')
    const made = { id, ticketId: ticket.id }
    if (comment.body === body) return { result: made, events: [] }

    const mentioned = await refuseMentions(tx, actor, body, comment.body)
    const isOthers = comment.author.id !== actor.id
    await tx
      .updateTable('comments')
      .set({ body, edited_at: now, edited_by: isOthers ? actor.id : null })
      .where('id', '=', id)
      .execute()
    if (isOthers) {
      await record({
        kind: 'comment.corrected',
        subjectId: comment.author.id,
        ticketId: ticket.id,
        commentId: id,
        text: comment.body,
      })
    }
    const edited = await commentById(tx, id)
    if (edited === undefined) throw new Error('a comment of a locked ticket stays')
    const { internal } = edited
    return {
      result: made,
      events: [
        ticketEvent(
          'ticket:commentEdited',
          ticket,
          ticket,
          { comment: edited },
          { internal, mentioned },
        ),
      ],
    }
  })
}

export async function refuseCorrection(
  tx: Tx,
  actor: PersonActor,
  comment: LockedComment['comment'],
): Promise<void> {
  if (comment.deletedAt !== null) throw new DeskError('comment.removed')
  const { id: authorId } = comment.author
  const { createdAt } = comment
  switch (mayCorrectComment(actor, { authorId, createdAt }, await readClock(tx))) {
    case 'never':
      throw new DeskError('forbidden')
    case 'tooLate':
      throw new DeskError('comment.tooLate')
    case 'yes':
      return
  }
}
