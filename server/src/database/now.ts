import { sql } from 'kysely'
import { statement } from './statement.ts'
import type { Db, Tx } from './types.ts'

/**
 * The database's time. Its clock decides every deadline: all nodes share it, and it wrote the times that are compared.
 * In whole milliseconds, like the contract's times, so that the stored value is the one in the reply.
 */
export const now = sql<string>`date_trunc('milliseconds', clock_timestamp())`

/** The database's time in `ms` milliseconds. */
export function later(ms: number) {
  return sql<string>`date_trunc('milliseconds', clock_timestamp() + ${ms} * interval '1 millisecond')`
}

/** Reads the database's clock, in milliseconds since 1970, for rules that take a number. */
export async function readClock(db: Db | Tx): Promise<number> {
  const [row] = await clock(db, {})
  if (row === undefined) throw new Error('the clock answered nothing')
  return Date.parse(row.time)
}

const clock = statement((db) => db.selectNoFrom(now.as('time')))
