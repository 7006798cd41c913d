import type pg from 'pg'
import type { Db } from '../database/types.ts'
import { logQueries } from './log-queries.ts'

/**
 * Number of pages that PostgreSQL reads, from memory or not, for the queries of a read. Unlike a time it is the same on
 * every machine.
 */
export async function pagesRead(
  database: { db: Db; pool: pg.Pool },
  read: (db: Db) => Promise<unknown>,
): Promise<number> {
  const { db, queries } = logQueries(database)
  await read(db)
  let pages = 0
  for (const { sql, parameters } of queries.filter(({ sql }) => /^\s*(select|with)/i.test(sql))) {
    pages += await pagesOf(database.pool, sql, parameters)
  }
  if (pages === 0) throw new Error('a read asks the database')
  return pages
}

/**
 * Does what PostgreSQL would do by itself sooner or later. A vacuum that runs beside an analyze of PostgreSQL's own leaves
 * pages of which an index alone does not tell whether their rows are visible.
 */
export async function settle({ pool }: { pool: pg.Pool }): Promise<void> {
  let isSettled = false
  while (!isSettled) {
    await pool.query('vacuum analyze')
    const { rowCount } = await pool.query(`
      select from pg_class where relname in ('tickets', 'ticket_texts', 'ticket_tags', 'comments') and relallvisible < relpages`)
    isSettled = rowCount === 0
  }
}

/** Number of pages that one statement reads, with those of the functions that it calls. */
export async function pagesOf(
  client: pg.Pool | pg.PoolClient,
  sql: string,
  parameters: readonly unknown[],
): Promise<number> {
  const explained = `explain (analyze, buffers, format json) ${sql}`
  type Plan = { 'Shared Hit Blocks': number; 'Shared Read Blocks': number }
  const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(explained, [
    ...parameters,
  ])
  const plan = rows[0]?.['QUERY PLAN'][0]?.Plan
  if (plan === undefined) throw new Error('a statement has a plan')
  return plan['Shared Hit Blocks'] + plan['Shared Read Blocks']
}
