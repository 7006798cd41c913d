import { sql } from 'kysely'
import type { Tx } from '../database/types.ts'

/** Deletes old entries. The database decides which are old enough, and refuses to delete others. */
export async function sweepAudit(tx: Tx): Promise<void> {
  await tx
    .deleteFrom('audit_entries')
    .where('at', '<', sql<string>`audit_horizon()`)
    .execute()
}
