import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { startPushService } from '../testing/push-service.ts'
import type { PushService } from '../testing/push-service.ts'

let service: PushService
let desk: TestDesk
let ada: TestPerson
let sam: TestPerson
let chief: TestPerson
beforeAll(async () => {
  service = await startPushService()
  desk = await startTestDesk(
    { PUSH_CONTACT: 'mailto:desk@desk.example', REACHABLE_NETWORKS: '127.0.0.0/8' },
    { consumerBeatMs: 50 },
  )
  ada = await desk.someone('admin', 'Ada Admin')
  sam = await desk.someone('sales', 'Sam Sales')
  chief = await desk.someone('super_admin', 'Chief')
})
afterAll(async () => {
  await desk.stop()
  await service.close()
})

beforeEach(async () => {
  service.received.length = 0
  await desk.db.deleteFrom('deliveries').execute()
  await subscribe(ada, false)
})

async function subscribe(person: TestPerson, withText: boolean): Promise<void> {
  const { body } = await person.call('pushKey')
  const subscription = { ...service.subscription(body.key ?? ''), withText }
  expect((await person.call('savePushSubscription', { body: subscription })).status).toBe(204)
}

async function raised(title: string) {
  const { body } = await sam.call('createTicket', { body: { title, description: '' } })
  return body.ticket
}

function assign(id: string) {
  return chief.call('editTicket', { params: { id }, body: { assigneeId: ada.id } })
}

/** In how many seconds the message that waits is due. */
async function dueIn(): Promise<number> {
  return vi.waitFor(async () => {
    const { rows } = await sql<{ seconds: number }>`
      select extract(epoch from due_at - created_at)::float8 as seconds from deliveries where consumer = 'push'`.execute(
      desk.db,
    )
    const [row] = rows
    if (row === undefined) throw new Error('no message waits')
    return Math.round(row.seconds)
  })
}

/** Lets what waits be sent now, and waits until nothing does. */
async function sent(): Promise<void> {
  await dueIn()
  await sql`update deliveries set due_at = clock_timestamp()`.execute(desk.db)
  await vi.waitFor(async () => {
    const waiting = await desk.db.selectFrom('deliveries').select('id').execute()
    expect(waiting).toEqual([])
  })
}

test('a person hears who did what, and on a device that may show it, the title', async () => {
  const { id, number } = await raised('The lift is stuck')
  await assign(id)
  await sent()
  const title = `Chief assigned #${number} to you`
  expect(service.received).toMatchObject([{ message: { title, body: '', number } }])

  await subscribe(ada, true)
  const params = { id }
  await sam.call('addComment', { params, body: { body: 'Our secret word is pear.' } })
  await sent()
  expect(service.received.at(-1)).toMatchObject({
    message: { title: `Sam Sales wrote in #${number}`, body: 'The lift is stuck' },
  })
  expect(JSON.stringify(service.received)).not.toContain('pear')
})

test('what was seen, done, snoozed or muted meanwhile is not told, nor what a person lost sight of', async () => {
  const later = new Date(Date.now() + 3_600_000).toISOString()
  const meanwhile: ((id: string, seq: number) => Promise<{ status: number }>)[] = [
    (id, seq) => ada.call('markSeen', { params: { id }, body: { seq } }),
    (id, seq) =>
      ada.call('editNotification', { params: { ticketId: id }, body: { doneUpTo: seq } }),
    (id) =>
      ada.call('editNotification', { params: { ticketId: id }, body: { snoozedUntil: later } }),
    (id) => ada.call('editNotification', { params: { ticketId: id }, body: { muted: true } }),
    () => chief.call('editPerson', { params: { id: ada.id }, body: { role: 'sales' } }),
  ]
  for (const happens of meanwhile) {
    const { id } = await raised('Noise in the attic')
    const { body } = await assign(id)
    await dueIn()
    expect((await happens(id, body.seq)).status).toBeLessThan(300)
    await sent()
  }
  expect(service.received).toEqual([])
  await chief.call('editPerson', { params: { id: ada.id }, body: { role: 'admin' } })
  ada = await desk.again(ada)
})

test('an open page comes first: only what is not seen there reaches the device', async () => {
  const { id } = await raised('A draught')
  await assign(id)
  expect(await dueIn()).toBe(5)
  await desk.db.deleteFrom('deliveries').execute()
  const socket = ada.socket()
  await new Promise((resolve) => void socket.on('sync:ready', resolve))
  const other = await raised('Another draught')
  await assign(other.id)
  expect(await dueIn()).toBe(30)
  socket.disconnect()
})

test('a device is told once, also when another one of the person is away', async () => {
  const { id } = await raised('Fog')
  service.answers(503)
  await assign(id)
  await dueIn()
  await sql`update deliveries set due_at = clock_timestamp()`.execute(desk.db)
  await vi.waitFor(() => expect(service.received).toHaveLength(1))
  service.answers(201)
  await vi.waitFor(async () => {
    const { problem } = await desk.db
      .selectFrom('deliveries')
      .select('problem')
      .executeTakeFirstOrThrow()
    expect(problem).toContain('503')
  })
  await sent()
  expect(service.received).toHaveLength(2)
})

test('a service that does not answer is left alone for a while, so that it holds up nothing else', async () => {
  service.answers(101)
  const { id } = await raised('Mist')
  await assign(id)
  for (const problem of ['closed without an answer', 'does not answer']) {
    await dueIn()
    await sql`update deliveries set due_at = clock_timestamp()`.execute(desk.db)
    await vi.waitFor(async () => {
      const row = await desk.db.selectFrom('deliveries').select('problem').executeTakeFirstOrThrow()
      expect(row.problem).toContain(problem)
    })
  }
  expect(service.received).toHaveLength(1)
})
