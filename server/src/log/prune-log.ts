import { sql } from 'kysely'
import { limits } from '@deskbell/contract'
import type { Db } from '../database/types.ts'

const batchSize = 5_000

/**
 * Deletes events that are too old to resume from. A run first deletes what lies at or below the floor and then moves
 * the floor. The events in between stay until the next run, so that a replay under way still finds them.
 */
export async function pruneLog(db: Db, keepMs: number = limits.replayMs): Promise<void> {
  const { floor } = await db.selectFrom('log').select('floor').executeTakeFirstOrThrow()
  for (;;) {
    const { rows } = await sql`
      delete from events where seq in (
        select seq from events where seq <= ${floor} order by seq limit ${batchSize}) returning 1`.execute(
      db,
    )
    if (rows.length < batchSize) break
  }
  await sql`
    update log set floor = old.seq, floor_tag = old.tag
    from (
      select seq, tag from events where at < now() - ${keepMs} * interval '1 millisecond' order by seq desc limit 1
    ) old where log.floor < old.seq`.execute(db)
}
