import { sql } from 'kysely'
import type { Db } from '../database/types.ts'

/** Deletes old entries. The database decides which are old enough, and refuses to delete others. */
export async function sweepAudit(db: Db): Promise<void> {
  await db
    .deleteFrom('audit_entries')
    .where('at', '<', sql<string>`audit_horizon()`)
    .execute()
}
