import { sql } from 'kysely'
import type { Db } from '../database/types.ts'

/**
 * A hash per table that changes with every write to one of its rows, to compare two states. A running server renews its
 * leases meanwhile, and its consumers follow the log.
 */
export async function stateOf(db: Db): Promise<Record<string, string>> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
      and table_name not in ('leases', 'consumers')`.execute(db)
  const states: Record<string, string> = {}
  for (const { name } of tables) {
    const { rows } = await sql<{ rows: string | null }>`
      select md5(string_agg(t.xmin::text || t.ctid::text, ',' order by t.ctid)) as rows
      from ${sql.table(name)} t`.execute(db)
    states[name] = rows[0]?.rows ?? ''
  }
  return states
}
