import { sql } from 'kysely'
import { limits, pictureTypes } from '@deskbell/contract'
import type { Attachment } from '@deskbell/contract'
import { iso } from '../../database/iso.ts'
import type { Db, Tx } from '../../database/types.ts'
import { refOf } from '../changes/lock-ticket.ts'
import type { Ticket } from '../ticket.ts'

export function attachmentRows(db: Db | Tx) {
  return db
    .selectFrom('attachments as f')
    .innerJoin('people as p', 'p.id', 'f.uploader_id')
    .select([
      'f.id',
      'f.comment_id as commentId',
      'f.name',
      'f.type',
      'f.size',
      'f.internal',
      // The pixels of older files are not known.
      sql<boolean>`f.type = any(${[...pictureTypes]})
        and coalesce(f.pixels, 0) <= ${limits.previewPixels}`.as('image'),
      refOf('p').as('uploader'),
      iso('f.created_at').as('createdAt'),
    ]) satisfies { execute(): Promise<Attachment[]> }
}

/** The ticket with `by` more files, which everyone on it sees or only staff see. */
export function countFiles(ticket: Ticket, internal: boolean, by: number): Ticket {
  return {
    ...ticket,
    attachmentCount: ticket.attachmentCount + (internal ? 0 : by),
    staffAttachmentCount: ticket.staffAttachmentCount + by,
  }
}
