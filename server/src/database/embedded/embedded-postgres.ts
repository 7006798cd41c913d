import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { Logger } from 'pino'
import { StartupError } from '../../startup-error.ts'
import { BoundedClient } from '../bounded-client.ts'
import {
  clusterDirectoryIn,
  hasCluster,
  makeCluster,
  refuseOtherVersion,
  superuser,
} from './cluster.ts'
import { isDatabaseAway } from '../is-database-away.ts'
import { makeDataDir } from './make-data-dir.ts'
import { postgresAccount, refuseOtherOwner } from './postgres-account.ts'
import { postgresBinaries } from './postgres-binaries.ts'
import type { Cluster, Postmaster } from './postmaster.ts'
import { ensurePostmaster, stopPostmaster } from './postmaster.ts'
import { refuseLeftover } from './refuse-leftover.ts'
import { removeSocketDirectory } from './socket-directory.ts'

export interface EmbeddedPostgresOptions {
  dataDir: string
  log: Logger
  /** PostgreSQL settings that replace ours. */
  settings?: Record<string, string>
}

export interface EmbeddedPostgres {
  connection: pg.PoolConfig
  /** The superuser's connection, for what only it may do. */
  administration: pg.PoolConfig
  /** Resolves when another Deskbell has taken the directory over, which only a long outage allows. */
  lost: Promise<StartupError>
  stop(): Promise<void>
}

/** One server owns a directory. "desk" in ASCII. */
const directoryLock = 0x6465736b
const lockTimeoutMs = 1000
/** A running PostgreSQL answers within this time, or never. */
const answerMs = 5_000

/**
 * Runs npm's PostgreSQL in `dataDir` and keeps it running until `stop`. An advisory lock, held by a session as long as
 * this process lives, keeps a second Deskbell out.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { log } = options
  const cluster = await prepareCluster(options)
  let held = await holdDirectory(cluster, log)
  let stopping = false
  let restarting: Promise<void> | undefined
  const lost = Promise.withResolvers<StartupError>()
  watch()

  return {
    connection: connectionTo(held.postmaster, 'deskbell', 'deskbell'),
    administration: connectionTo(held.postmaster, superuser, 'postgres'),
    lost: lost.promise,
    async stop() {
      stopping = true
      await restarting
      // The lock is released last, when the server ends: a start in between waits for a new server.
      await stopPostmaster(cluster.directory, held.postmaster.pid)
      removeSocketDirectory(held.postmaster.socketDirectory, cluster.directory)
    },
  }

  function watch(): void {
    held.lock.once('end', () => {
      if (!stopping) restarting = restart()
    })
  }

  async function restart(): Promise<void> {
    log.error('PostgreSQL ended unexpectedly; starting it again')
    while (!stopping) {
      try {
        held = await holdDirectory(cluster, log)
        watch()
        log.info('PostgreSQL runs again')
        return
      } catch (error) {
        if (error instanceof DirectoryTakenError) return lost.resolve(error)
        log.error({ err: error }, 'PostgreSQL cannot be started; trying again')
        await delay(1000)
      }
    }
  }
}

class DirectoryTakenError extends StartupError {}

async function prepareCluster(options: EmbeddedPostgresOptions): Promise<Cluster> {
  const dataDir = makeDataDir(options.dataDir)
  const directory = clusterDirectoryIn(dataDir)
  const binaries = postgresBinaries()
  const isNew = !hasCluster(directory)
  const account = postgresAccount(dataDir, directory, binaries.postgres)
  if (isNew) refuseLeftover(directory)
  if (isNew) await makeCluster(dataDir, binaries, account)
  else refuseOtherOwner(directory, account)
  refuseOtherVersion(directory, binaries)
  return {
    directory,
    logFile: path.join(dataDir, 'postgres.log'),
    postgres: binaries.postgres,
    account,
    settings: options.settings ?? {},
  }
}

async function holdDirectory(
  cluster: Cluster,
  log: Logger,
): Promise<{ postmaster: Postmaster; lock: pg.Client }> {
  let pid: number | undefined
  let deadline = Infinity
  for (;;) {
    const postmaster = await ensurePostmaster(cluster, log)
    if (postmaster.pid !== pid) deadline = performance.now() + answerMs
    pid = postmaster.pid
    const connection = connectionTo(postmaster, superuser, 'postgres')
    const lock = new BoundedClient({ ...connection, query_timeout: answerMs })
    lock.on('error', () => {})
    try {
      await lock.connect()
      await takeLock(lock, cluster)
      await createDatabase(lock)
      return { postmaster, lock }
    } catch (error) {
      await lock.end().catch(() => {})
      if (!isDatabaseAway(error)) throw error
      if (performance.now() > deadline) throw unreachable(cluster, postmaster)
      // The server was stopping when we found it: start a new one.
      await delay(20)
    }
  }
}

function unreachable({ directory }: Cluster, { pid, socketDirectory }: Postmaster): StartupError {
  return new StartupError(
    `PostgreSQL (process ${pid}) runs in ${directory} already, but does not answer at ${socketDirectory}. Stop the ` +
      `Deskbell that uses it, or end it (kill -INT ${pid}), and start again.`,
  )
}

async function takeLock(client: pg.Client, cluster: Cluster): Promise<void> {
  try {
    // The session of a killed server may take a moment to end.
    await client.query(`set lock_timeout = ${lockTimeoutMs}`)
    await client.query('select pg_advisory_lock($1)', [directoryLock])
    await client.query('set lock_timeout = 0')
  } catch (error) {
    if (!hasCode(error, '55P03')) throw error
    throw new DirectoryTakenError(
      `Another Deskbell is running on ${path.dirname(cluster.directory)}. ` +
        'Stop that one first, or give this one a DATA_DIR of its own.',
    )
  }
}

async function createDatabase(client: pg.Client): Promise<void> {
  const found = await client.query("select 1 from pg_database where datname = 'deskbell'")
  if (found.rowCount !== 0) return
  const roles = await client.query("select 1 from pg_roles where rolname = 'deskbell'")
  if (roles.rowCount === 0) await client.query('create role deskbell login')
  await client.query('create database deskbell owner deskbell')
}

function connectionTo(postmaster: Postmaster, user: string, database: string): pg.PoolConfig {
  return { host: postmaster.socketDirectory, port: 5432, user, database, ssl: false }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
