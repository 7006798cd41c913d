import { sql } from 'kysely'
import { limits } from '@deskbell/contract'
import type { Tx } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'

/** Nobody sees files that wait for a comment, so nobody would notice that they fill the disk. */
export async function refuseManyDrafts(tx: Tx, personId: string): Promise<void> {
  // On another ticket the person may be at it in the same moment. A draft has no event, so this is its last lock.
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
  // Those before it, so that the largest file an operator allows is never too large.
  if (count < limits.draftsPerPerson && bytes < limits.draftBytesPerPerson) return
  throw new DeskError('attachment.tooManyDrafts')
}
