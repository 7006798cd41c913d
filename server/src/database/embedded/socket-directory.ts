import { createHash } from 'node:crypto'
import { accessSync, chmodSync, constants, lstatSync, mkdirSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { StartupError } from '../../startup-error.ts'
import type { PostgresAccount } from './postgres-account.ts'

/**
 * The directory of the socket. A socket's path is limited to some 100 characters and DATA_DIR is not, so the directory
 * is elsewhere and has a hash as its name.
 */
export function socketDirectoryOf(clusterDirectory: string): string {
  const hash = createHash('sha256').update(clusterDirectory).digest('hex').slice(0, 12)
  return path.join(temporaryFolder(), `deskbell-${process.getuid?.() ?? 0}-${hash}`)
}

function temporaryFolder(): string {
  const wanted = tmpdir()
  const found = [wanted, '/tmp'].find((folder) => folder.length <= 60 && mayWriteIn(folder))
  if (found !== undefined) return found
  throw new StartupError(
    `PostgreSQL needs a place for its socket, and can write neither in ${wanted} nor in /tmp. Set TMPDIR to a folder ` +
      'with a short path in which it can.',
  )
}

function mayWriteIn(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Creates the socket's directory. Any user who may enter it can connect without a password, so it must be ours alone.
 */
export function makeSocketDirectory(directory: string, account: PostgresAccount): void {
  try {
    mkdirSync(directory, { mode: 0o700 })
  } catch (error) {
    if (!isTaken(error)) throw error
  }
  const found = lstatSync(directory)
  const isOurs = found.uid === process.getuid?.() || found.uid === account.uid
  // In a shared temporary directory another user can create the name before us.
  if (!found.isDirectory() || !isOurs) {
    throw new StartupError(`${directory} belongs to somebody else. Remove it, and start again.`)
  }
  account.own(directory)
  chmodSync(directory, 0o700)
}

/**
 * Removes the directory after its PostgreSQL has ended. Only if it is empty: the PostgreSQL of another start may
 * already use it. A directory that was set by hand is not ours.
 */
export function removeSocketDirectory(directory: string, clusterDirectory: string): void {
  if (path.basename(directory) !== path.basename(socketDirectoryOf(clusterDirectory))) return
  try {
    rmdirSync(directory)
  } catch {
    // The next start uses what is left.
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}
