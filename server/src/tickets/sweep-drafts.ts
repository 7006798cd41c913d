import { sql } from 'kysely'
import { limits } from '@deskbell/contract'
import type { Tx } from '../database/types.ts'

/**
 * Deletes drafts that are a day old and never became part of a comment. Returns their ids, to remove their contents.
 */
export async function sweepDrafts(tx: Tx): Promise<string[]> {
  const swept = await tx
    .deleteFrom('attachments')
    .where('draft', '=', true)
    .where(
      'created_at',
      '<',
      sql<string>`now() - ${limits.draftAttachmentMs} * interval '1 millisecond'`,
    )
    .returning('id')
    .execute()
  return swept.map(({ id }) => id)
}
