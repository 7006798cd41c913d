import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { limits } from '@deskbell/contract'
import { startTestDesk } from '../../testing/index.ts'
import type { Answer, TestDesk, TestPerson } from '../../testing/index.ts'

let desk: TestDesk
beforeAll(async () => {
  desk = await startTestDesk()
})
afterAll(() => desk.stop())

async function ticketOf(person: TestPerson): Promise<string> {
  const body = { title: 'Printer', description: '' }
  return (await person.call('createTicket', { body })).body.ticket.id
}

/** Calls until the limit refuses, some at a time. Returns the number of accepted calls and the refusal. */
async function untilTooMany(ask: () => Promise<Answer<unknown>>, atMost: number, atOnce = 20) {
  let passed = 0
  while (passed < atMost) {
    const answers = await Promise.all(Array.from({ length: atOnce }, ask))
    passed += answers.filter(({ status }) => status !== 429).length
    const refused = answers.find(({ status }) => status === 429)
    if (refused !== undefined) return { passed, refused }
  }
  throw new Error(`${passed} were let through`)
}

function expectTooMany({ body, headers }: Answer<unknown>): void {
  expect(body).toMatchObject({ code: 'request.tooMany' })
  const { retryInMs } = body.details as { retryInMs: number }
  expect(retryInMs).toBeGreaterThan(0)
  expect(Number(headers.get('retry-after'))).toBe(Math.max(1, Math.ceil(retryInMs / 1000)))
}

test('[LM6] four hundred changes at once are accepted, such as a hundred tickets changed and undone, and a script is refused', async () => {
  const ada = await desk.someone('admin')
  const id = await ticketOf(ada)
  const change = () => ada.call('changeStatus', { params: { id }, body: { status: 'waiting' } })
  const { passed, refused } = await untilTooMany(change, 1_000)
  expect(passed).toBeGreaterThanOrEqual(399)
  expectTooMany(refused)
  // Reading still works, and so does everything of other people.
  expect((await ada.call('tickets')).status).toBe(200)
  const grace = await desk.someone('admin')
  const other = { params: { id }, body: { status: 'open' as const } }
  expect((await grace.call('changeStatus', other)).status).toBe(200)
})

test('[LM6] a script that writes the longest texts is refused after 4 MB, whatever it writes them into', async () => {
  const ada = await desk.someone('admin')
  const id = await ticketOf(ada)
  const text = () => '字'.repeat(limits.bodyLength - 36) + randomUUID()
  const describe = () => ada.call('editTicket', { params: { id }, body: { description: text() } })
  const { passed, refused } = await untilTooMany(describe, 200, 5)
  expect(passed).toBeGreaterThanOrEqual(65)
  expect(passed).toBeLessThan(75)
  expectTooMany(refused)
  expect((refused.body.details as { retryInMs: number }).retryInMs).toBeLessThanOrEqual(30_000)
  const comment = () => ada.call('addComment', { params: { id }, body: { body: text() } })
  expectTooMany((await untilTooMany(comment, 5, 1)).refused)
  const raise = () => ada.call('createTicket', { body: { title: 'More', description: text() } })
  expectTooMany((await untilTooMany(raise, 5, 1)).refused)
  // Changes with little text still work, and so does everything of other people.
  const status = { params: { id }, body: { status: 'waiting' as const } }
  expect((await ada.call('changeStatus', status)).status).toBe(200)
  const grace = await desk.someone('admin')
  const ofGrace = { params: { id }, body: { body: text() } }
  expect((await grace.call('addComment', ofGrace)).status).toBe(201)
})

test('[LM6] a hundred long logs at once, and a hundred tickets changed in bulk after them, are accepted', async () => {
  const ada = await desk.someone('admin')
  const id = await ticketOf(ada)
  const line = 'Nov 28 15:04:46 desk kernel: usb 1-1: device not accepting address 5, error -71\n'
  const log = line.repeat(limits.bodyLength / line.length)
  const paste = () => ada.call('addComment', { params: { id }, body: { body: log } })
  const change = () => ada.call('editTicket', { params: { id }, body: { assigneeId: ada.id } })
  for (const act of [paste, change]) {
    for (let round = 0; round < 20; round += 1) {
      const answers = await Promise.all([act(), act(), act(), act(), act()])
      expect(answers.every(({ status }) => status < 300)).toBe(true)
    }
  }
})

test('[LM6] a change that was refused by its limit succeeds when it is repeated with its key', async () => {
  const ada = await desk.someone('admin')
  const id = await ticketOf(ada)
  await untilTooMany(() => ada.call('watch', { params: { id, userId: ada.id } }), 1_000)
  const key = randomUUID()
  const comment = () => ada.call('addComment', { params: { id }, body: { body: 'Hello' }, key })
  await expect.poll(async () => (await comment()).status, { timeout: 5_000 }).toBe(201)
  expect((await ada.call('ticket', { params: { ref: id } })).body.ticket.commentCount).toBe(1)
})

test('[LM6] urgent tickets, which alert everyone, have a much lower limit', async () => {
  const ada = await desk.someone('sales')
  const urgent = () =>
    ada.call('createTicket', {
      body: { title: 'Fire', description: '', priority: 'urgent' },
    })
  const { passed, refused } = await untilTooMany(urgent, 200)
  expect(passed).toBeGreaterThanOrEqual(20)
  expect(passed).toBeLessThan(30)
  expectTooMany(refused)
  // Another browser of the person shares the budget.
  const again = await desk.again(ada)
  const body = { title: 'Fire', description: '', priority: 'urgent' as const }
  expectTooMany(await again.call('createTicket', { body }))
  const rung = await desk.db
    .selectFrom('events')
    .select('seq')
    .where('name', '=', 'ticket:urgent')
    .execute()
  expect(rung.length).toBe(passed)
  // Tickets that alert no one are not affected.
  const calm = { title: 'Smoke', description: '', priority: 'high' as const }
  expect((await ada.call('createTicket', { body: calm })).status).toBe(201)
})

test('a change that alerts no one costs no alert: a repeat, and a refused change', async () => {
  const ada = await desk.someone('admin')
  const id = await ticketOf(ada)
  const key = randomUUID()
  for (let turn = 0; turn < 30; turn += 1) {
    const again = { params: { id }, body: { priority: 'urgent' as const }, key }
    expect((await ada.call('changePriority', again)).status).toBe(200)
    const gone = { params: { id: randomUUID() }, body: { priority: 'urgent' as const } }
    expect((await ada.call('changePriority', gone)).status).toBe(404)
  }
  const other = await ticketOf(ada)
  const ring = { params: { id: other }, body: { priority: 'urgent' as const } }
  expect((await ada.call('changePriority', ring)).status).toBe(200)
})

test('searches and uploads have their own limits', async () => {
  const ada = await desk.someone('admin')
  const id = await ticketOf(ada)
  const searched = await untilTooMany(() => ada.call('tickets', { query: { q: 'printer' } }), 200)
  expect(searched.passed).toBeGreaterThanOrEqual(100)
  expectTooMany(searched.refused)
  expect((await ada.call('tickets')).status).toBe(200)
  const uploaded = await untilTooMany(() => ada.upload(id, { content: 'text' }), 200, 5)
  expect(uploaded.passed).toBeGreaterThanOrEqual(100)
  expectTooMany(uploaded.refused)
  expect((await ada.call('counters')).status).toBe(200)
})

test('reading has a limit that only a script reaches', async () => {
  const ada = await desk.someone('sales')
  const { passed, refused } = await untilTooMany(() => ada.call('me'), 10_000, 100)
  expect(passed).toBeGreaterThanOrEqual(1_500)
  expectTooMany(refused)
})
