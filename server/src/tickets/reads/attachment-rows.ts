import { sql } from 'kysely'
import type { Attachment } from '@deskbell/contract'
import { iso } from '../../database/iso.ts'
import type { Db, Tx } from '../../database/types.ts'
import { refOf } from '../changes/lock-ticket.ts'
import type { Ticket } from '../ticket.ts'

/** Image types that every browser shows without running anything. SVG can contain scripts. */
export const safeImages: readonly string[] = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
]

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
      sql<boolean>`f.type = any(${[...safeImages]})`.as('image'),
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
