import { mkdtemp, rm } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import { createGate } from './gate.ts'
import type { Gate } from './gate.ts'

export interface DatabaseGate extends Gate {
  /** The connection, through the gate. */
  connection: pg.PoolConfig
  remove(): Promise<void>
}

export async function createDatabaseGate(connection: pg.PoolConfig): Promise<DatabaseGate> {
  const { host = 'localhost', port = 5432 } = connection
  const directory = await mkdtemp(path.join(tmpdir(), 'gate-'))
  const gate = await createGate(
    () => (host.startsWith('/') ? net.connect(socketIn(host, port)) : net.connect(port, host)),
    socketIn(directory, port),
  )
  return {
    ...gate,
    connection: { ...connection, host: directory, port },
    async remove() {
      await gate.shut()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

function socketIn(directory: string, port: number): string {
  return path.join(directory, `.s.PGSQL.${port}`)
}
