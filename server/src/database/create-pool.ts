import pg from 'pg'
import type { Logger } from 'pino'
import { valueParsers } from './value-parsers.ts'

/** What every session of ours shares; also those outside the pool. */
export function withSession(connection: pg.PoolConfig): pg.PoolConfig {
  return {
    application_name: 'deskbell',
    keepAlive: true,
    options: '-c timezone=UTC -c jit=off',
    types: valueParsers,
    ...connection,
  }
}

export const poolSize = 10

/** Sessions for requests: none may hold a lock or a processor for long. */
export function createPool(connection: pg.PoolConfig, log: Logger): pg.Pool {
  const pool = new pg.Pool({
    max: poolSize,
    // Statements are sent without waiting for the answers to those before.
    pipeline: true,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 60_000,
    idle_in_transaction_session_timeout: 5000,
    lock_timeout: 3000,
    statement_timeout: 10_000,
    ...withSession(connection),
  })
  // A connection that breaks tells its client, or if idle the pool; unheard, either ends the process.
  pool.on('error', (error) => {
    // At the end PostgreSQL may be gone before it has read our goodbye.
    if (!pool.ending) log.warn({ err: error }, 'lost an idle database connection')
  })
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}
