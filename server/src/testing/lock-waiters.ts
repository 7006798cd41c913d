import { sql } from 'kysely'
import type { Db } from '../database/types.ts'

/** How many sessions of this database wait for a lock right now: for races that are built, not hoped for. */
export async function lockWaiters(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
  return rows[0]?.count ?? 0
}
