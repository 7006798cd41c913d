import { pino } from 'pino'
import { clusterDirectoryIn } from '../database/embedded/cluster.ts'
import { connectDatabase } from '../database/open-database.ts'
import { runningPostgres } from '../database/embedded/running-postgres.ts'
import type { Db } from '../database/types.ts'

/** Runs `act` on the database of a server that runs with this directory, for example to let time pass. */
export async function inDatabaseOf(
  dataDir: string,
  act: (db: Db) => Promise<unknown>,
): Promise<void> {
  const running = runningPostgres(clusterDirectoryIn(dataDir))
  if (running === undefined) throw new Error(`no server runs in ${dataDir}`)
  const { db, pool } = connectDatabase(running, pino({ level: 'silent' }))
  try {
    await act(db)
  } finally {
    await pool.end()
  }
}
