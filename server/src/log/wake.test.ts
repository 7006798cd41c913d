import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../testing/test-database.ts'
import type { TestDatabase } from '../testing/test-database.ts'
import { createWake } from './wake.ts'

/** Of those who listen by now. */
async function wakers({ pool }: TestDatabase): Promise<number[]> {
  const { rows } = await pool.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and application_name = 'deskbell wake'
      and query like 'listen%' and state = 'idle'`,
  )
  return rows.map(({ pid }) => pid)
}

test('a database that ends the connection is listened to again, over one connection', async () => {
  await using database = await createTestDatabase()
  let pokes = 0
  const log = pino({ level: 'silent' })
  const wake = createWake(database.listen, () => (pokes += 1), log, 10)
  await expect.poll(() => wakers(database)).toHaveLength(1)
  const [before] = await wakers(database)

  await database.pool.query('select pg_terminate_backend($1)', [before])
  await expect
    .poll(async () => (await wakers(database)).filter((pid) => pid !== before))
    .toHaveLength(1)
  await expect
    .poll(async () => {
      await database.pool.query(`notify deskbell_log`)
      return pokes
    })
    .toBeGreaterThan(0)
  expect(await wakers(database)).toHaveLength(1)
  await wake.stop()
})

test('a node that tells the others is not told so itself: it has looked', async () => {
  await using database = await createTestDatabase()
  const pokes = { teller: 0, other: 0 }
  const log = pino({ level: 'silent' })
  const teller = createWake(database.listen, () => (pokes.teller += 1), log)
  const other = createWake(database.listen, () => (pokes.other += 1), log)
  await expect.poll(() => wakers(database)).toHaveLength(2)

  for (const times of [1, 2, 3]) {
    teller.wake()
    await expect.poll(() => pokes.other).toBe(times)
  }
  other.wake()
  await expect.poll(() => pokes.teller).toBe(4)
  await teller.stop()
  await other.stop()
})
