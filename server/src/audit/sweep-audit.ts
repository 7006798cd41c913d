import { sql } from 'kysely'
import type { Db } from '../database/types.ts'

/** Entries that are old enough to go: the database says when, and lets no others go. */
export async function sweepAudit(db: Db): Promise<void> {
  await db
    .deleteFrom('audit_entries')
    .where('at', '<', sql<string>`audit_horizon()`)
    .execute()
}
