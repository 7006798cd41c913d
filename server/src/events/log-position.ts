import { sql } from 'kysely'
import type { Position } from '@deskbell/contract'
import type { Db, Tx } from '../database/types.ts'

/**
 * The position of the log for the select list of a read. In the same statement as the data it is of the same
 * snapshot, so an event is either in the data or numbered after it.
 */
export const positionColumns = [
  sql<number>`(select head from log)`.as('log_seq'),
  sql<string>`(select head_tag from log)`.as('log_tag'),
] as const

export async function logPosition(db: Db | Tx): Promise<Position> {
  const { head, head_tag } = await db
    .selectFrom('log')
    .select(['head', 'head_tag'])
    .executeTakeFirstOrThrow()
  return { seq: head, tag: head_tag }
}

/** Reads that take several statements see one moment, with the log's position at it. */
export function snapshot<T extends object>(
  db: Db,
  read: (tx: Tx) => Promise<T>,
): Promise<T & Position> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => ({ ...(await logPosition(tx)), ...(await read(tx)) }))
}
