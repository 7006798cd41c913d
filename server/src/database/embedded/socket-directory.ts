import { createHash } from 'node:crypto'
import { accessSync, chmodSync, constants, lstatSync, mkdirSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { StartupError } from '../../startup-error.ts'
import type { PostgresAccount } from './postgres-account.ts'

/** A socket's path may have some 100 characters, DATA_DIR's any number: so it lives elsewhere, by hash. */
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

/** Whoever may enter the directory may connect without a password, so it must be ours alone. */
export function makeSocketDirectory(directory: string, account: PostgresAccount): void {
  try {
    mkdirSync(directory, { mode: 0o700 })
  } catch (error) {
    if (!isTaken(error)) throw error
  }
  const found = lstatSync(directory)
  const isOurs = found.uid === process.getuid?.() || found.uid === account.uid
  // In a shared temporary directory anybody can create the name before us.
  if (!found.isDirectory() || !isOurs) {
    throw new StartupError(`${directory} belongs to somebody else. Remove it, and start again.`)
  }
  account.own(directory)
  chmodSync(directory, 0o700)
}

/**
 * Once its PostgreSQL is gone. Only an empty one goes: another starter's PostgreSQL may have its socket in it by now.
 * One that somebody named by hand is not ours.
 */
export function removeSocketDirectory(directory: string, clusterDirectory: string): void {
  if (path.basename(directory) !== path.basename(socketDirectoryOf(clusterDirectory))) return
  try {
    rmdirSync(directory)
  } catch {
    // What is left of it is used by the next start.
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}
