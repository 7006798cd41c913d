import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { lockWaiters } from '../testing/lock-waiters.ts'

let desk: TestDesk
let ada: TestPerson

beforeAll(async () => {
  desk = await startTestDesk({}, { log: pino({ level: 'silent' }) })
  ada = await desk.someone('admin', 'Ada')
})
afterAll(() => desk.stop())

test('a call whose statement PostgreSQL cancelled may be repeated', async () => {
  const asked = await desk.db.transaction().execute(async (tx) => {
    await sql`lock table tickets in access exclusive mode`.execute(tx)
    const asking = ada.call('tickets')
    await expect.poll(() => lockWaiters(desk.db)).toBe(1)
    await sql`select pg_cancel_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(desk.db)
    return asking
  })
  expect(asked).toMatchObject({ status: 503, body: { code: 'busy' } })
  expect(await ada.call('tickets')).toMatchObject({ status: 200 })
})
