import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../testing/test-database.ts'
import type { TestDatabase } from '../testing/test-database.ts'
import { createWake } from './wake.ts'

/** Process ids of the sessions that listen now. */
async function listeningPids({ pool }: TestDatabase): Promise<number[]> {
  const { rows } = await pool.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and application_name = 'deskbell wake'
      and query like 'listen%' and state = 'idle'`,
  )
  return rows.map(({ pid }) => pid)
}

test('after the database ends the connection, one new connection listens', async () => {
  await using database = await createTestDatabase()
  let notifications = 0
  const log = pino({ level: 'silent' })
  const wake = createWake(database.listen, () => (notifications += 1), log, 10)
  await expect.poll(() => listeningPids(database)).toHaveLength(1)
  const [before] = await listeningPids(database)

  await database.pool.query('select pg_terminate_backend($1)', [before])
  await expect
    .poll(async () => (await listeningPids(database)).filter((pid) => pid !== before))
    .toHaveLength(1)
  await expect
    .poll(async () => {
      await database.pool.query(`notify deskbell_log`)
      return notifications
    })
    .toBeGreaterThan(0)
  expect(await listeningPids(database)).toHaveLength(1)
  await wake.stop()
})

test('a node that notifies the others does not notify itself through the database', async () => {
  await using database = await createTestDatabase()
  const notifications = { sender: 0, other: 0 }
  const log = pino({ level: 'silent' })
  const sender = createWake(database.listen, () => (notifications.sender += 1), log)
  const other = createWake(database.listen, () => (notifications.other += 1), log)
  await expect.poll(() => listeningPids(database)).toHaveLength(2)

  for (const times of [1, 2, 3]) {
    sender.wake()
    await expect.poll(() => notifications.other).toBe(times)
  }
  other.wake()
  await expect.poll(() => notifications.sender).toBe(4)
  await sender.stop()
  await other.stop()
})
