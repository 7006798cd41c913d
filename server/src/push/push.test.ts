import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { startPushService } from '../testing/push-service.ts'
import type { PushService } from '../testing/push-service.ts'
import { pushKeyOf } from './push-key.ts'
import { deleteForeign, noteRefused, subscriptionsOf } from './push-subscriptions.ts'
import { sendPush } from './send-push.ts'

let service: PushService
let desk: TestDesk
let ada: TestPerson
let key: string
beforeAll(async () => {
  service = await startPushService()
  desk = await startTestDesk({ PUSH_CONTACT: 'mailto:desk@desk.example' })
  ada = await desk.someone('admin')
  const answer = await ada.call('pushKey')
  key = answer.body.key ?? ''
})
afterAll(async () => {
  await desk.stop()
  await service.close()
})

beforeEach(async () => {
  service.received.length = 0
  service.answers(201)
  await desk.db.deleteFrom('push_subscriptions').execute()
})

const message = { ticketId: 'a', number: 1, title: 'News', body: '', seq: 5, unread: 2 }

async function subscribe(person: TestPerson, of = service.subscription(key)) {
  expect((await person.call('savePushSubscription', { body: of })).status).toBe(204)
  return of
}

test('the key of a desk stays the same, also for a second node', async () => {
  expect(await pushKeyOf(desk.db)).toMatchObject({ publicKey: key })
  await desk.restart()
  expect((await ada.call('pushKey')).body.key).toBe(key)
})

test('a session has one subscription, and a browser belongs to one session', async () => {
  await subscribe(ada)
  const latest = await subscribe(ada)
  expect(await subscriptionsOf(desk.db, ada.id)).toMatchObject([{ endpoint: latest.endpoint }])
  const bo = await desk.someone('sales')
  await subscribe(bo, latest)
  expect(await subscriptionsOf(desk.db, ada.id)).toEqual([])
  expect(await subscriptionsOf(desk.db, bo.id)).toHaveLength(1)
})

test('a subscription ends with its session, however that ends, and on request', async () => {
  const bo = await desk.someone('sales', 'Bo Sales')
  const other = await desk.again(bo)
  await subscribe(bo)
  await subscribe(other)
  await bo.call('signOut')
  expect(await subscriptionsOf(desk.db, bo.id)).toHaveLength(1)
  await other.call('deletePushSubscription')
  expect(await subscriptionsOf(desk.db, bo.id)).toEqual([])
  await subscribe(other)
  const chief = await desk.someone('super_admin')
  await chief.call('editPerson', { params: { id: bo.id }, body: { active: false } })
  expect(await desk.db.selectFrom('push_subscriptions').selectAll().execute()).toEqual([])
})

test('a subscription of another key is refused, and dropped when the desk has a new one', async () => {
  const { key: otherKey } = service.subscription(`${key.slice(0, -4)}AAAA`)
  const body = service.subscription(otherKey)
  const refused = await ada.call('savePushSubscription', { body })
  expect(refused.body.code).toBe('push.otherKey')
  await subscribe(ada)
  expect(await deleteForeign(desk.db, key)).toBe(0)
  expect(await deleteForeign(desk.db, otherKey)).toBe(1)
})

test.each([
  'http://push.example/a',
  'https://',
  'javascript:alert(1)',
  `https://a.example/${'a'.repeat(2000)}`,
])('no device is at %.40s', async (endpoint) => {
  const body = { ...service.subscription(key), endpoint }
  const { body: answer } = await ada.call('savePushSubscription', { body })
  expect(answer.code).toBe('request.invalid')
})

async function send(reachable: readonly string[], of = service.subscription(key)) {
  const sender = { key: await pushKeyOf(desk.db), contact: 'mailto:desk@desk.example', reachable }
  return sendPush(sender, { ...of.keys, ...of }, message, { urgent: true })
}

test('a message arrives encrypted, with who sends it, and where to replace it', async () => {
  expect(await send(['127.0.0.0/8'])).toEqual({ kind: 'taken' })
  expect(service.received).toMatchObject([
    {
      message,
      headers: {
        'content-encoding': 'aes128gcm',
        urgency: 'high',
        topic: 'ticket-1',
        ttl: '86400',
      },
    },
  ])
  expect(service.received[0]?.headers.authorization).toMatch(/^vapid t=.+, k=/)
})

test('no message goes to this computer or its network unless it is opened', async () => {
  expect(await send([])).toMatchObject({ kind: 'refused' })
  expect(service.received).toEqual([])
})

test.each([
  [404, 'gone'],
  [410, 'gone'],
  [400, 'refused'],
  // No redirect is followed.
  [302, 'refused'],
  // A server that goes on in another protocol never answers.
  [101, 'unanswered'],
  [429, 'later'],
  [503, 'later'],
])('an answer of %i means: %s', async (status, kind) => {
  service.answers(status)
  expect(await send(['127.0.0.0/8'])).toMatchObject({ kind })
})

test('keys that are no keys end nothing but their own message', async () => {
  const of = service.subscription(key)
  const p256dh = `${of.keys.p256dh.slice(0, -8)}AAAAAAAA`
  const outcome = await send(['127.0.0.0/8'], { ...of, keys: { ...of.keys, p256dh } })
  expect(outcome).toMatchObject({ kind: 'refused' })
})

test('a device that the service knows no more is dropped at once, one that it refuses after five times', async () => {
  await subscribe(ada)
  const [device] = await subscriptionsOf(desk.db, ada.id)
  if (device === undefined) throw new Error('Ada has a device')
  for (let time = 1; time < 5; time += 1) await noteRefused(desk.db, device, false)
  expect(await subscriptionsOf(desk.db, ada.id)).toHaveLength(1)
  await noteRefused(desk.db, device, false)
  expect(await subscriptionsOf(desk.db, ada.id)).toEqual([])
  await subscribe(ada)
  const [again] = await subscriptionsOf(desk.db, ada.id)
  if (again === undefined) throw new Error('Ada has a device')
  await noteRefused(desk.db, again, true)
  expect(await subscriptionsOf(desk.db, ada.id)).toEqual([])
})
