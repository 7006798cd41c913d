import { sql } from 'kysely'
import { statement } from './statement.ts'
import type { Db, Tx } from './types.ts'

/**
 * The database's clock decides every deadline: it is the one that all nodes share, and that wrote the times they are
 * compared with. In whole milliseconds, as the contract's times are, so that what is stored is what was answered.
 */
export const now = sql<string>`date_trunc('milliseconds', clock_timestamp())`

/** That long from now. */
export function later(ms: number) {
  return sql<string>`date_trunc('milliseconds', clock_timestamp() + ${ms} * interval '1 millisecond')`
}

/** What that clock shows, in milliseconds since 1970, for rules that take a number. */
export async function readClock(db: Db | Tx): Promise<number> {
  const [row] = await clock(db, {})
  if (row === undefined) throw new Error('the clock answered nothing')
  return Date.parse(row.time)
}

const clock = statement((db) => db.selectNoFrom(now.as('time')))
