import { isStaff } from '@deskbell/contract'
import type { Quotas } from '../../config.ts'
import { now } from '../../database/now.ts'
import type { Db } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import { change } from '../../log/change.ts'
import type { ChangeRequest } from '../../log/change.ts'
import { refuseOverQuota, spaceUsed } from '../../files/space-used.ts'
import { actingPerson } from '../../access/actor.ts'
import { attachmentRows, countFiles } from '../reads/attachment-rows.ts'
import { lockTicket } from './lock-ticket.ts'
import { refuseManyDrafts } from './refuse-many-drafts.ts'
import { saveTicket } from './save-ticket.ts'
import { ticketEvent } from './ticket-event.ts'

/** A file whose content is stored already, with the uploader's description. */
export interface StoredFile {
  id: string
  name: string
  type: string
  size: number
  sha256: string
  pixels: number | null
  internal: boolean
  draft: boolean
}

export function attach(
  db: Db,
  request: ChangeRequest,
  ticketId: string,
  file: StoredFile,
  quotas: Quotas,
): Promise<{ id: string }> {
  return change(db, request, async (tx, actor) => {
    const { ticket } = await lockTicket(tx, actor, ticketId)
    const { internal } = file
    if (internal && !isStaff(actor.role)) throw new DeskError('forbidden')
    if (file.draft) await refuseManyDrafts(tx, actor.id)

    await tx
      .insertInto('attachments')
      .values({
        ...file,
        ticket_id: ticketId,
        uploader_id: actor.id,
        comment_id: null,
        created_at: now,
      })
      .execute()
    // Counted after the insert: another upload of this person waits for the inserted row.
    refuseOverQuota(await spaceUsed(tx, actor.id), quotas)
    const made = { id: file.id }
    // Only its author sees a draft, so there is no event.
    if (file.draft) return { result: made, events: [] }

    const attachment = await attachmentRows(tx)
      .where('f.id', '=', file.id)
      .executeTakeFirstOrThrow()
    const counted = countFiles(ticket, internal, 1)
    await saveTicket(tx, ticket, counted)
    const timeline = {
      kind: 'attachmentAdded',
      data: { attachmentId: file.id, commentId: null, name: file.name, internal },
    } as const
    const data = { attachment, uploadedBy: actingPerson(actor) }
    return {
      result: made,
      events: [
        ticketEvent('ticket:attachmentAdded', ticket, counted, data, { internal, timeline }),
      ],
    }
  })
}
