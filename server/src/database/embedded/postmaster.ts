import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { diskFull, saysDiskFull, StartupError } from '../../startup-error.ts'
import type { PostgresAccount } from './postgres-account.ts'
import { launch } from './postgres-account.ts'
import type { PostmasterFile } from './postmaster-file.ts'
import { isPaused, resume } from './paused-process.ts'
import {
  isAtHome,
  isPostmasterOf,
  postgresProcessesIn,
  readPostmasterFile,
  removeForeignPostmasterFile,
} from './postmaster-file.ts'
import { refuseLeftover } from './refuse-leftover.ts'
import { makeSocketDirectory, socketDirectoryOf } from './socket-directory.ts'
import { clearSocketLock } from './socket-lock.ts'

export interface Cluster {
  directory: string
  logFile: string
  postgres: string
  account: PostgresAccount
  settings: Record<string, string>
}

export interface Postmaster {
  pid: number
  socketDirectory: string
}

/** Settings for one help desk: 30 MB when idle, plus the buffers. */
const ownSettings: Record<string, string> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  port: '5432',
  max_connections: '40',
  shared_buffers: '128MB',
  max_parallel_workers: '0',
  max_parallel_workers_per_gather: '0',
  // Each would be a separate process, for a load that a help desk does not have.
  io_method: 'sync',
  max_logical_replication_workers: '0',
  max_wal_senders: '0',
  wal_level: 'minimal',
  max_wal_size: '256MB',
  random_page_cost: '1.1',
  huge_pages: 'off',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_min_messages: 'warning',
  // Statements contain what people write. Our own log reports failed ones, without their values.
  log_min_error_statement: 'panic',
}

// Long enough to replay the log after a crash; short enough that a person still waits for the error.
const startTimeoutMs = 60_000
/** The child processes of a killed PostgreSQL end by themselves, at the latest after their statement. */
const orphansMs = 15_000
const stopTimeoutMs = 20_000
const killTimeoutMs = 10_000
const pollMs = 5
const maxLogBytes = 1024 * 1024

interface Attempt {
  child: ChildProcess
  /** The offset of its output in the log file. */
  logOffset: number
}

/** Returns the PostgreSQL of this directory: one that still runs because its starter was killed, or a new one. */
export async function ensurePostmaster(cluster: Cluster, log: Logger): Promise<Postmaster> {
  const began = performance.now()
  const deadline = began + startTimeoutMs
  let attempt: Attempt | undefined
  while (performance.now() < deadline) {
    const file = readPostmasterFile(cluster.directory)
    const running = file !== undefined && isPostmasterOf(file.pid, cluster.directory)
    if (running && isPaused(file.pid)) throw paused(file.pid, cluster)
    if (running && file.state === 'ready') {
      if (file.pid !== attempt?.child.pid) {
        log.info({ postmaster: file.pid }, 'using the PostgreSQL that runs already')
      }
      return { pid: file.pid, socketDirectory: file.socketDirectory }
    }
    if (!running && (attempt === undefined || hasEnded(attempt.child))) {
      if (attempt !== undefined) refuseFailure(cluster, attempt, performance.now() - began)
      attempt = start(cluster, file)
    }
    await delay(pollMs)
  }
  throw notReady(cluster)
}

function paused(pid: number, { directory }: Cluster): StartupError {
  return new StartupError(
    `PostgreSQL (process ${pid}) runs in ${directory} already, but it is paused. Let it go on (kill -CONT ${pid}), ` +
      'and start again.',
  )
}

function notReady({ directory, logFile }: Cluster): StartupError {
  const waited = `after ${startTimeoutMs / 1000} s; see ${logFile}.`
  const file = readPostmasterFile(directory)
  if (file === undefined || !isPostmasterOf(file.pid, directory)) {
    return new StartupError(`PostgreSQL is not ready ${waited}`)
  }
  const { pid, state } = file
  return new StartupError(
    `PostgreSQL (process ${pid}) in ${directory} is still ${state} ${waited} Wait until it is done, or end it ` +
      `(kill -QUIT ${pid}), and start again.`,
  )
}

/** Fast shutdown: ends all sessions and writes everything. Returns when the process has ended. */
export async function stopPostmaster(directory: string, pid: number): Promise<void> {
  // If another folder has taken the place of the server's, a fast shutdown would write into that one: see
  // refuseLeftover.
  if (!isAtHome(pid, directory)) return killPostmaster(directory, pid)
  const deadline = performance.now() + stopTimeoutMs
  if (isPostmasterOf(pid, directory)) signal(pid, 'SIGINT')
  while (isPostmasterOf(pid, directory) && performance.now() < deadline) await delay(pollMs)
  await killPostmaster(directory, pid)
}

/** Immediate shutdown. The next start replays the log, so no committed change is lost. */
export async function killPostmaster(directory: string, pid: number): Promise<void> {
  const deadline = performance.now() + killTimeoutMs
  if (isPostmasterOf(pid, directory)) signal(pid, 'SIGQUIT')
  while (isPostmasterOf(pid, directory) && performance.now() < deadline) await delay(pollMs)
  if (isPostmasterOf(pid, directory)) process.kill(pid, 'SIGKILL')
}

/** Also continues a paused process, which would otherwise never end. */
function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  process.kill(pid, name)
  resume(pid)
}

function start(cluster: Cluster, file: PostmasterFile | undefined): Attempt {
  refuseLeftover(cluster.directory)
  if (file !== undefined) removeForeignPostmasterFile(cluster.directory, file)
  const socketDirectory = socketDirectoryOf(cluster.directory)
  makeSocketDirectory(socketDirectory, cluster.account)
  clearSocketLock(socketDirectory, cluster.directory)

  // As arguments, not in a file: a starting process that loses must not change the winner's settings.
  const settings = { ...ownSettings, unix_socket_directories: socketDirectory, ...cluster.settings }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // Its output goes to a file, so that it can still write after we are killed.
  const logOffset = shortenLog(cluster.logFile)
  const output = openSync(cluster.logFile, 'a', 0o600)
  const child = launch(
    cluster.account,
    cluster.postgres,
    ['-D', cluster.directory, ...args],
    ['ignore', output, output],
  )
  closeSync(output)
  child.on('error', () => {})
  child.unref()
  return { child, logOffset }
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null
}

/**
 * Decides whether a failed start may be repeated: after a lost race with another starting process, or while the last
 * server's children or its cleanup were still running.
 */
function refuseFailure(cluster: Cluster, { logOffset }: Attempt, waitedMs: number): void {
  const words = readFileSync(cluster.logFile).subarray(logOffset).toString().trim()
  if (/shared memory block .* is still in use/.test(words)) return refuseOrphans(cluster, waitedMs)
  if (/lock file "[^"]*" already exists/.test(words)) return
  if (/could not create lock file "[^"]*\.s\.PGSQL[^"]*": No such file/.test(words)) return
  if (saysDiskFull(words)) throw diskFull(path.dirname(cluster.directory))
  throw new StartupError(`PostgreSQL did not start. ${cluster.logFile} says:\n${words}`)
}

function refuseOrphans({ directory }: Cluster, waitedMs: number): void {
  const pids = postgresProcessesIn(directory)
  if (pids.length === 0 || (waitedMs < orphansMs && !pids.some(isPaused))) return
  const orphans = pids.join(' ')
  throw new StartupError(
    `The PostgreSQL of ${directory} was killed, but processes of it still run: ${orphans}. End them ` +
      `(kill -KILL ${orphans}), and start again.`,
  )
}

/** Returns the offset of the next line. */
function shortenLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size < maxLogBytes) return size
  truncateSync(file)
  return 0
}
