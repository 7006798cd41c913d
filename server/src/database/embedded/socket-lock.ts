import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { isAlive, isPostmasterOf } from './postmaster-file.ts'

/**
 * PostgreSQL refuses a socket's place while the process that its lock file names lives. After a reboot or in a new
 * container that may be a stranger with the same number.
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
