import { sql } from 'kysely'
import { limits } from '@deskbell/contract'
import type { Db } from '../database/types.ts'

const batchSize = 5_000

/**
 * Forgets events nobody can resume from any more. The floor moves first; what lies under it is deleted by the next run,
 * so that a replay that began before still finds its events.
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
