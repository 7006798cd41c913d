import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDatabaseGate } from '../testing/database-gate.ts'
import type { DatabaseGate } from '../testing/database-gate.ts'
import { createTestDatabase } from '../testing/index.ts'
import type { TestDatabase } from '../testing/index.ts'
import { createWake } from '../log/wake.ts'
import { toDeskError } from '../errors.ts'
import { connectDatabase } from './open-database.ts'

/** As in production, but with shorter limits. */
const limits = { connectionTimeoutMillis: 300, query_timeout: 500 }

let database: TestDatabase
let gate: DatabaseGate
beforeEach(async () => {
  database = await createTestDatabase()
  gate = await createDatabaseGate(database.listen)
})
afterEach(async () => {
  await gate.remove()
  await database.close()
})

function connect() {
  const lines: { level: number; msg: string }[] = []
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) })
  const through = connectDatabase({ ...gate.connection, ...limits }, log)
  return { ...through, said: () => lines.map(({ level, msg }) => `${level} ${msg}`) }
}

const warning = '40 the database does not answer; trying again until it does'
const relief = '30 the database answers'

async function codeOf(attempt: Promise<unknown>): Promise<string> {
  const bugs: unknown[] = []
  const code = await attempt.then(
    () => 'answered',
    (thrown: unknown) => toDeskError(thrown, (bug) => bugs.push(bug)).code,
  )
  expect(bugs).toEqual([])
  return code
}

test('silent connections are replaced, idle ones too, with one warning', async () => {
  const { db, pool, said } = connect()
  const ask = () => sql`select 1`.execute(db)
  await Promise.all([1, 2, 3, 4].map(ask))
  expect(pool.idleCount).toBe(4)

  gate.fallSilent()
  gate.speak()
  const inTransaction = db.transaction().execute(async (tx) => {
    await sql`select 1`.execute(tx)
  })
  expect(await codeOf(inTransaction)).toBe('unavailable')
  // No other idle connection is tried: each would cost a caller the same wait.
  expect(await codeOf(ask())).toBe('answered')
  expect(await codeOf(db.transaction().execute(() => ask()))).toBe('answered')

  expect(said()).toEqual([warning, relief])
  await pool.end()
})

test('while the database does not answer, every call is unavailable within its limit; later calls work again', async () => {
  const { db, pool, said } = connect()
  const ask = () => sql`select 1`.execute(db)
  await ask()

  gate.fallSilent()
  // More calls than the pool has connections: waiting for a connection has a limit, too.
  const codes = await Promise.all(Array.from({ length: 12 }, () => codeOf(ask())))
  expect(new Set(codes)).toEqual(new Set(['unavailable']))
  expect(await codeOf(ask())).toBe('unavailable')
  expect(said()).toEqual([warning])

  gate.speak()
  await expect.poll(() => codeOf(ask())).toBe('answered')
  expect(said()).toEqual([warning, relief])
  await pool.end()
})

test('a transaction on a silent connection is undone, and its connection is not used again', async () => {
  const { db, pool } = connect()
  const lease = { holder: '', token: randomUUID(), expires_at: new Date() }
  const insert = db.transaction().execute(async (tx) => {
    await tx
      .insertInto('leases')
      .values({ name: 'half', ...lease })
      .execute()
    gate.fallSilent()
    gate.speak()
    await tx
      .insertInto('leases')
      .values({ name: 'whole', ...lease })
      .execute()
  })
  expect(await codeOf(insert)).toBe('unavailable')
  expect(await db.selectFrom('leases').select('name').execute()).toEqual([])
  await pool.end()
})

test('a pool ends even if the database does not answer', async () => {
  const { db, pool } = connectDatabase(gate.connection, pino({ level: 'silent' }))
  const ask = () => sql`select 1`.execute(db)
  await ask()
  gate.fallSilent()
  const [underWay, atConnecting] = [codeOf(ask()), codeOf(ask())]
  await expect.poll(() => [pool.idleCount, pool.totalCount]).toEqual([0, 2])
  const began = performance.now()

  await pool.end()

  // Without its own limit it would take the twelve seconds of a query.
  expect(performance.now() - began).toBeLessThan(4_000)
  expect([await underWay, await atConnecting]).toEqual(['unavailable', 'unavailable'])
})

test('a silent LISTEN connection is replaced, and ends even if the database does not answer', async () => {
  let pokes = 0
  const wake = createWake(
    { ...gate.connection, ...limits },
    () => (pokes += 1),
    pino({ level: 'silent' }),
    10,
  )
  async function notified(): Promise<number> {
    await database.pool.query('notify deskbell_log')
    return pokes
  }
  await expect.poll(notified).toBeGreaterThan(0)

  gate.fallSilent()
  gate.speak()
  pokes = 0
  wake.wake()
  await expect.poll(notified, { timeout: 5_000 }).toBeGreaterThan(1)

  gate.fallSilent()
  await wake.stop()
})
