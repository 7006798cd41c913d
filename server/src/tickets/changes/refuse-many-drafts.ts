import { sql } from 'kysely'
import { limits } from '@deskbell/contract'
import type { Tx } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'

/** Limits drafts: no one else sees them, so no one would notice that they fill the disk. */
export async function refuseManyDrafts(tx: Tx, personId: string): Promise<void> {
  // The person may upload to another ticket at the same moment. A draft has no event, so this is the change's last
  // lock.
  await sql`select pg_advisory_xact_lock(hashtext(${`deskbell drafts ${personId}`}))`.execute(tx)
  const { count, bytes } = await tx
    .selectFrom('attachments')
    .select([
      sql<number>`count(*)::integer`.as('count'),
      sql<number>`coalesce(sum(size), 0)::float8`.as('bytes'),
    ])
    .where('draft', '=', true)
    .where('uploader_id', '=', personId)
    .executeTakeFirstOrThrow()
  // Counts the earlier drafts only, so that the largest allowed file always fits.
  if (count < limits.draftsPerPerson && bytes < limits.draftBytesPerPerson) return
  throw new DeskError('attachment.tooManyDrafts')
}
