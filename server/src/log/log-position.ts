import { sql } from 'kysely'
import type { Expression } from 'kysely'
import type { Position } from '@deskbell/contract'
import { statement } from '../database/statement.ts'
import type { Db, Tx } from '../database/types.ts'

/**
 * The position of the log, for the select list of a read. Read in one statement with the data, it belongs to the same
 * snapshot: an event is either in the data or has a higher number.
 */
export const positionColumns = [
  sql<number>`(select head from log)`.as('log_seq'),
  sql<string>`(select head_tag from log)`.as('log_tag'),
] as const

/**
 * The rows of a query, in the order of their `place`, with the log's position. One statement reads both from one
 * snapshot. The position is returned even when there are no rows.
 */
export async function rowsAt<R extends { place: number }>(
  db: Db | Tx,
  query: Expression<R>,
): Promise<Position & { rows: R[] }> {
  type Row = { log_seq: number; log_tag: string } & (R | { place: null })
  const { rows } = await sql<Row>`
    select log.head as log_seq, log.head_tag as log_tag, page.*
    from log left join (${query}) as page on true order by page.place`.execute(db)
  const [first] = rows
  if (first === undefined) throw new Error('the log has one row')
  const { log_seq: seq, log_tag: tag } = first
  return {
    seq,
    tag,
    rows: rows.flatMap(({ log_seq: _seq, log_tag: _tag, ...row }) =>
      row.place === null ? [] : [row as unknown as R],
    ),
  }
}

export async function logPosition(db: Db | Tx): Promise<Position> {
  const [position] = await head(db, {})
  if (position === undefined) throw new Error('the log has one row')
  return position
}

const head = statement((db) => db.selectFrom('log').select(['head as seq', 'head_tag as tag']))

/** The number up to which events may be deleted. */
export async function logFloor(db: Db): Promise<number> {
  const { floor } = await db.selectFrom('log').select('floor').executeTakeFirstOrThrow()
  return floor
}

/** Runs several statements on one snapshot, and adds the log's position in it. */
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
