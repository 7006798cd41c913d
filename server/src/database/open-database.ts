import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { StartupError } from '../startup-error.ts'
import { BoundedClient } from './bounded-client.ts'
import { createPool, poolSize, withSession } from './create-pool.ts'
import { startEmbeddedPostgres } from './embedded/embedded-postgres.ts'
import { namedStatements } from './named-statements.ts'
import { createOutageLog } from './outage-log.ts'
import { refuseUnfitDatabase } from './refuse-unfit-database.ts'
import { reportOutages } from './report-outages.ts'
import { createSemaphore } from './semaphore.ts'
import { createSignal } from './signal.ts'
import type { Database, Db } from './types.ts'

export interface OpenDatabase {
  db: Db
  pool: pg.Pool
  /** For connections outside the pool (LISTEN, migrations, jobs): their statements have no time limit. */
  listen: pg.PoolConfig
  /** Resolves when another Deskbell has taken the database over. */
  lost: Promise<Error>
  close(): Promise<void>
}

interface Server {
  connection: pg.PoolConfig
  lost: Promise<Error>
  stop(): Promise<void>
}

export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  log: Logger,
): Promise<OpenDatabase> {
  const server =
    config.databaseUrl === undefined
      ? await startEmbeddedPostgres({ dataDir: config.dataDir, log })
      : await reachServer(config.databaseUrl)
  const connected = connectDatabase(server.connection, log)
  return {
    ...connected,
    lost: server.lost,
    async close() {
      await connected.pool.end()
      await server.stop()
    },
  }
}

/** Connections that changes leave to reads and to the follower of the log, however long they wait. */
const keptForReads = 3
/** A change that waits longer for others to finish is refused. */
const permitTimeoutMs = 5_000

/** Connects Kysely and its pool to a running PostgreSQL. */
export function connectDatabase(
  connection: pg.PoolConfig,
  log: Logger,
): Pick<OpenDatabase, 'db' | 'pool' | 'listen'> {
  const outages = createOutageLog(log)
  const pool = createPool(connection, outages)
  const reporting = reportOutages(namedStatements(pool), outages)
  const dialect = new PostgresDialect({ pool: reporting })
  const withPermit = createSemaphore(poolSize - keptForReads, permitTimeoutMs)
  const parts = { withPermit, appended: createSignal() }
  const db = Object.assign(new Kysely<Database>({ dialect }), parts)
  return { db, pool, listen: withSession(connection) }
}

async function reachServer(url: string): Promise<Server> {
  const connection = { connectionString: url }
  const client = new BoundedClient({ ...connection, query_timeout: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await refuseUnfitDatabase(client)
  } catch (cause) {
    if (cause instanceof StartupError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StartupError(`The database of DATABASE_URL cannot be used: ${reason}`, { cause })
  } finally {
    await client.end().catch(() => {})
  }
  return { connection, lost: new Promise(() => {}), stop: async () => {} }
}
