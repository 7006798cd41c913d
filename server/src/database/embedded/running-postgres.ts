import { realpathSync } from 'node:fs'
import type pg from 'pg'
import { isPostmasterOf, readPostmasterFile } from './postmaster-file.ts'

/** How to reach the embedded PostgreSQL of this directory beside the server that runs it; nothing when none runs. */
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
