import { sql } from 'kysely'
import { limits } from '@deskbell/contract'
import type { Write } from '../database/lease.ts'
import type { Tx } from '../database/types.ts'

const batchSize = 5_000

/** How long the log keeps events for a stored follower that has not taken them in. */
export const heldForConsumersMs = 14 * 24 * 3_600_000

/**
 * Deletes events that are too old to resume from, except those that a stored follower still needs, for a while. A run
 * first deletes what lies at or below the floor and then moves the floor. The events in between stay until the next run,
 * so that a replay under way still finds them.
 */
export async function pruneLog(
  write: Write,
  keepMs: number = limits.replayMs,
  heldMs: number = heldForConsumersMs,
): Promise<void> {
  while ((await write(deleteBelowFloor)) === batchSize);
  await write((tx) =>
    sql`
      update log set floor = old.seq, floor_tag = old.tag
      from (
        select seq, tag from events
        where at < now() - ${keepMs} * interval '1 millisecond'
          and (seq <= coalesce((select min(seq) from consumers), seq) or at < now() - ${heldMs} * interval '1 millisecond')
        order by seq desc limit 1
      ) old where log.floor < old.seq`.execute(tx),
  )
}

/** Returns the number of deleted events. */
async function deleteBelowFloor(tx: Tx): Promise<number> {
  const { rows } = await sql`
    delete from events where seq in (
      select seq from events where seq <= (select floor from log) order by seq limit ${batchSize}) returning 1`.execute(
    tx,
  )
  return rows.length
}
