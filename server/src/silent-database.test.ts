import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectDatabase } from './database/open-database.ts'
import { createDatabaseGate } from './testing/database-gate.ts'
import type { DatabaseGate } from './testing/database-gate.ts'
import { createTestDatabase, startTestDesk } from './testing/index.ts'
import type { TestDatabase, TestDesk } from './testing/index.ts'

let database: TestDatabase
let gate: DatabaseGate
let desk: TestDesk
const lines: { level: number; msg: string }[] = []

beforeEach(async () => {
  lines.length = 0
  const log = pino(
    { level: 'warn' },
    { write: (line: string) => void lines.push(JSON.parse(line)) },
  )
  database = await createTestDatabase()
  gate = await createDatabaseGate(database.listen)
  const limits = { connectionTimeoutMillis: 300, query_timeout: 500 }
  const through = connectDatabase({ ...gate.connection, ...limits }, log)
  async function close(): Promise<void> {
    await through.pool.end()
    await gate.remove()
    await database.close()
  }
  const lost = new Promise<Error>(() => {})
  desk = await startTestDesk(
    {},
    { database: { ...through, lost, close, [Symbol.asyncDispose]: close }, log },
  )
})
afterEach(() => desk.stop())

async function status(path: string, cookie = ''): Promise<number> {
  const response = await fetch(desk.url + path, { headers: { cookie } })
  await response.text()
  return response.status
}

const socketPath = '/socket.io/?EIO=4&transport=polling'

test('silent connections to PostgreSQL make calls unavailable, are logged once, and are replaced', async () => {
  const sam = await desk.someone('sales', 'Sam')
  expect(await status(socketPath, sam.cookie)).toBe(200)

  gate.fallSilent()
  expect(await sam.call('me')).toMatchObject({ status: 503, body: { code: 'unavailable' } })
  expect(await status(socketPath, sam.cookie)).toBe(403)
  await expect.poll(() => status('/api/health/ready'), { timeout: 8_000 }).toBe(503)

  gate.speak()
  await expect.poll(() => status('/api/health/ready'), { timeout: 8_000 }).toBe(200)
  expect((await sam.call('me')).status).toBe(200)
  expect(await status(socketPath, sam.cookie)).toBe(200)
  expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
    [40, 'the database does not answer; trying again until it does'],
  ])
})
