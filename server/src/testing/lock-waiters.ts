import { sql } from 'kysely'
import type { Db } from '../database/types.ts'

/** Number of sessions of this database that wait for a lock now, to build races instead of hoping for them. */
export async function lockWaiters(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
  return rows[0]?.count ?? 0
}
