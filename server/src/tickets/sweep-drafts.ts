import { sql } from 'kysely'
import { limits } from '@deskbell/contract'
import type { Tx } from '../database/types.ts'

/**
 * Deletes files that are a day old, never became part of a comment, and that no draft of their uploader names. Returns
 * their ids, to remove their contents.
 */
export async function sweepDrafts(tx: Tx): Promise<string[]> {
  const swept = await tx
    .deleteFrom('attachments as f')
    .where('draft', '=', true)
    .where(
      'created_at',
      '<',
      sql<string>`now() - ${limits.draftAttachmentMs} * interval '1 millisecond'`,
    )
    .where(
      sql<boolean>`not exists (
        select from drafts d
        where d.person_id = f.uploader_id and d.ticket_id = f.ticket_id and f.id = any(d.attachment_ids))`,
    )
    .returning('id')
    .execute()
  return swept.map(({ id }) => id)
}

/** Deletes texts that can no longer be brought back, and what is left of drafts that were sent or discarded. */
export async function sweepTexts(tx: Tx): Promise<void> {
  await sql`delete from earlier_drafts where at < now() - ${limits.earlierDraftMs} * interval '1 millisecond'`.execute(
    tx,
  )
  await sql`
    delete from drafts
    where body = '' and attachment_ids = '{}'
      and updated_at < now() - ${limits.goneDraftMs} * interval '1 millisecond'`.execute(tx)
}
