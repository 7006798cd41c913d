import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { pino } from 'pino'
import { inject } from 'vitest'
import type { OpenDatabase } from '../database/open-database.ts'
import { connectDatabase } from '../database/open-database.ts'
import { createDatabase, dropDatabase } from './test-server.ts'

export interface TestDatabase extends OpenDatabase {
  [Symbol.asyncDispose](): Promise<void>
}

/** A separate, migrated database: a copy of the run's template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { administration, user, template } = inject('testServer')
  const name = `test-${randomUUID()}`
  await createDatabase(
    administration,
    name,
    `template ${pg.escapeIdentifier(template)} owner ${pg.escapeIdentifier(user)} strategy file_copy`,
  )
  const connection = { ...administration, user, database: name }
  const connected = connectDatabase(connection, pino({ level: 'silent' }))

  async function close(): Promise<void> {
    await connected.pool.end()
    await dropDatabase(administration, name)
  }
  return { ...connected, lost: new Promise(() => {}), close, [Symbol.asyncDispose]: close }
}
