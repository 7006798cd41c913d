import type pg from 'pg'
import { BoundedPool } from './bounded-pool.ts'
import type { OutageLog } from './outage-log.ts'
import { valueParsers } from './value-parsers.ts'

/** Settings of every session, also of those outside the pool. */
export function withSession(connection: pg.PoolConfig): pg.PoolConfig {
  return {
    application_name: 'deskbell',
    options: '-c timezone=UTC -c jit=off',
    types: valueParsers,
    ...connection,
  }
}

export const poolSize = 10

const statementMs = 10_000

/** The pool for requests: no session may hold a lock or a processor for long. */
export function createPool(connection: pg.PoolConfig, outages: OutageLog): pg.Pool {
  const pool = new BoundedPool({
    max: poolSize,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    idle_in_transaction_session_timeout: 5_000,
    lock_timeout: 3_000,
    statement_timeout: statementMs,
    // PostgreSQL's own limit ends the query first, if the server answers at all.
    query_timeout: statementMs + 2_000,
    ...withSession(connection),
  })
  pool.on('error', (error) => {
    // When the pool ends, PostgreSQL may close before it has read our goodbye message.
    if (!pool.ending) outages.failed(error)
  })
  return pool
}
