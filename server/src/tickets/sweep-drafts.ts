import { sql } from 'kysely'
import { limits } from '@deskbell/contract'
import type { Db } from '../database/types.ts'

/** Files that waited a day for a comment that never came. Answers their ids, for throwing the contents away. */
export async function sweepDrafts(db: Db): Promise<string[]> {
  const swept = await db
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
