import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { isAlive, isPostmasterOf } from './postmaster-file.ts'

/**
 * Removes a stale socket and its lock file. PostgreSQL does not use the socket's path while the process in the lock
 * file lives; after a reboot or in a new container another process may have its pid.
 */
export function clearSocketLock(socketDirectory: string, clusterDirectory: string): void {
  const socket = path.join(socketDirectory, '.s.PGSQL.5432')
  const pid = pidIn(`${socket}.lock`)
  if (pid === undefined || !isAlive(pid) || isPostmasterOf(pid, clusterDirectory)) return
  rmSync(socket, { force: true })
  rmSync(`${socket}.lock`, { force: true })
}

function pidIn(file: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10)
  } catch {
    return undefined
  }
}
