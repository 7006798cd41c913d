import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { isStaff, replyReopens } from '@deskbell/contract'
import type { Attachment, Body, Comment } from '@deskbell/contract'
import { now } from '../../database/now.ts'
import { statement } from '../../database/statement.ts'
import type { Db, Tx } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import type { NewEvent } from '../../log/append-events.ts'
import { change } from '../../log/change.ts'
import type { ChangeRequest } from '../../log/change.ts'
import type { PersonActor } from '../../access/actor.ts'
import { actingPerson } from '../../access/actor.ts'
import { forgetSentDraft, forgetSentText } from '../drafts/forget-sent-draft.ts'
import type { SentText } from '../drafts/forget-sent-draft.ts'
import { attachmentRows, countFiles } from '../reads/attachment-rows.ts'
import { statusEvent } from './change-status.ts'
import { countComments, isBlank } from '../reads/comment-rows.ts'
import { lockTicket } from './lock-ticket.ts'
import { refuseMentions } from './refuse-mentions.ts'
import { refuseStaleReply } from './refuse-stale-reply.ts'
import { saveTicket } from './save-ticket.ts'
import type { Ticket } from '../ticket.ts'
import { ticketEvent } from './ticket-event.ts'

interface MadeComment {
  id: string
  ticketId: string
  /** The new number of the draft that it was. */
  draftRev?: number
}

export function addComment(
  db: Db,
  request: ChangeRequest,
  ticketId: string,
  input: Body<'addComment'>,
): Promise<MadeComment> {
  return change(db, request, async (tx, actor) => {
    const { ticket, relationship } = await lockTicket(tx, actor, ticketId)
    const internal = input.internal ?? false
    if (internal && !isStaff(actor.role)) throw new DeskError('forbidden')
    const attachmentIds = input.attachmentIds ?? []
    if (isBlank(input.body) && attachmentIds.length === 0) throw new DeskError('comment.empty')
    const mentioned = await refuseMentions(tx, actor, input.body)
    await refuseStaleReply(tx, actor, ticket, input.seenVersion)

    const { id = uuidv7(), body } = input
    const { comment, draftRev } = await insertComment(
      tx,
      actor,
      { id, ticketId: ticket.id, body, internal },
      attachmentIds,
    )
    const files = await bindDrafts(tx, actor, ticket.id, comment, attachmentIds)
    const counted = countComments(ticket, internal, 1)
    const commented = internal ? counted : { ...counted, lastAuthor: comment.author }
    const filed = countFiles(commented, internal, files.length)
    const reopens = !internal && replyReopens(actor, relationship, ticket.status)
    const after: Ticket = reopens ? { ...filed, status: 'open' } : filed
    await saveTicket(tx, ticket, after)

    const line = { kind: 'comment', commentId: comment.id } as const
    const events: NewEvent[] = [
      ticketEvent(
        'ticket:commentAdded',
        ticket,
        commented,
        { comment },
        { internal, timeline: line, mentioned },
      ),
      ...files.map((attachment, index) => {
        const before = countFiles(commented, internal, index)
        const data = { attachment, uploadedBy: actingPerson(actor) }
        return ticketEvent(
          'ticket:attachmentAdded',
          before,
          countFiles(before, internal, 1),
          data,
          { internal, accompanies: true },
        )
      }),
      ...(reopens ? [statusEvent(filed, after, { accompanies: true })] : []),
    ]
    const result = { id: comment.id, ticketId, ...(draftRev !== null && { draftRev }) }
    return { result, events }
  })
}

interface NewComment {
  id: string
  ticketId: string
  body: string
  internal: boolean
}

/** Stores a comment, and empties the draft that it was. */
async function insertComment(
  tx: Tx,
  actor: PersonActor,
  comment: NewComment,
  attachmentIds: readonly string[],
): Promise<{ comment: Comment; draftRev: number | null }> {
  const kind = comment.internal ? 'note' : 'reply'
  const params = { ...comment, authorId: actor.id, kind, attachmentIds } as const
  const [inserted] = await insertedComment(tx, params)
  if (inserted === undefined)
    throw new DeskError('request.invalid', { fields: { id: 'This id is taken.' } })
  const { id, body, internal } = comment
  return {
    comment: {
      id,
      author: actingPerson(actor),
      body,
      internal,
      createdAt: inserted.createdAt,
      editedAt: null,
      editedBy: null,
      deletedAt: null,
    },
    draftRev: inserted.draftRev,
  }
}

const insertedComment = statement((db, params: NewComment & SentText) =>
  db
    .with('sent', () => forgetSentDraft(params))
    .with('forgotten', () => forgetSentText(params))
    .insertInto('comments')
    .values({
      id: params.id,
      ticket_id: params.ticketId,
      author_id: params.authorId,
      body: params.body,
      internal: params.internal,
      created_at: now,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning([
      'created_at as createdAt',
      sql<number | null>`(select rev from sent)`.as('draftRev'),
    ]),
)

/**
 * Binds drafts to the comment: they must be the author's own, on this ticket, and they become public or internal like
 * the comment.
 */
async function bindDrafts(
  tx: Tx,
  actor: PersonActor,
  ticketId: string,
  comment: Comment,
  ids: readonly string[],
): Promise<Attachment[]> {
  if (ids.length === 0) return []
  const wanted = [...new Set(ids)]
  const bound = await tx
    .updateTable('attachments')
    .set({ draft: false, comment_id: comment.id, internal: comment.internal })
    .where('id', 'in', wanted)
    .where('ticket_id', '=', ticketId)
    .where('uploader_id', '=', actor.id)
    .where('draft', '=', true)
    .returning('id')
    .execute()
  if (bound.length < wanted.length) throw new DeskError('attachment.notDraft')
  return attachmentRows(tx).where('f.comment_id', '=', comment.id).orderBy('f.id').execute()
}
