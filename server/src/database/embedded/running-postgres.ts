import { realpathSync } from 'node:fs'
import type pg from 'pg'
import { isPostmasterOf, readPostmasterFile } from './postmaster-file.ts'

/** The connection to the embedded PostgreSQL of a running server. Undefined: none runs. */
export function runningPostgres(clusterDirectory: string): pg.PoolConfig | undefined {
  const directory = realpathSync(clusterDirectory)
  const file = readPostmasterFile(directory)
  if (file === undefined || file.state !== 'ready' || !isPostmasterOf(file.pid, directory))
    return undefined
  return {
    host: file.socketDirectory,
    port: 5432,
    user: 'deskbell',
    database: 'deskbell',
    ssl: false,
  }
}
