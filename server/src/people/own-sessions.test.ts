import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { limits } from '@deskbell/contract'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { createListener } from '../testing/listener.ts'
import type { Listener } from '../testing/listener.ts'
import { lockWaiters } from '../testing/lock-waiters.ts'
import { hashPassword } from './secrets.ts'

const password = 'sunflower piano seven'
const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0'
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1'

let desk: TestDesk
let passwordHash: string
beforeAll(async () => {
  desk = await startTestDesk()
  passwordHash = await hashPassword(password)
})
afterAll(() => desk.stop())

async function someone(name: string): Promise<TestPerson> {
  const person = await desk.someone('sales', name)
  const password_hash = passwordHash
  await desk.db.updateTable('people').set({ password_hash }).where('id', '=', person.id).execute()
  return person
}

/** Signs in with a new browser and returns its cookie. */
async function signIn({ id }: TestPerson, headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(`${desk.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ email: `${id}@desk.example`, password }),
  })
  expect(response.status).toBe(200)
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

async function sessionsOf(person: TestPerson, cookie = person.cookie) {
  const { status, body } = await person.call('mySessions', { headers: { cookie } })
  expect(status).toBe(200)
  return body.sessions
}

async function isSignedIn(person: TestPerson, cookie: string): Promise<boolean> {
  return (await person.call('me', { headers: { cookie } })).status === 200
}

async function listening(cookie: string): Promise<Listener> {
  const listener = createListener(desk.url, { cookie })
  listener.open()
  await expect.poll(() => listener.ready.length).toBe(1)
  return listener
}

test('the list of sessions shows device, address and time, this session first', async () => {
  const sam = await someone('Sam')
  const before = Date.now()
  await signIn(sam, { 'user-agent': safari, 'x-forwarded-for': '10.1.2.3' })
  await signIn(sam, { 'user-agent': 'inventory-script/2.1', 'x-forwarded-for': '2001:db8::7' })
  const here = await signIn(sam, { 'user-agent': firefox, 'x-forwarded-for': '10.1.2.4' })
  const [current, ...others] = (await sessionsOf(sam, here)).slice(0, 3)
  expect(current).toMatchObject({
    device: 'Firefox on Windows',
    address: '10.1.2.4',
    current: true,
  })
  expect(others).toMatchObject([
    { device: 'inventory-script', address: '2001:db8::7', current: false },
    { device: 'Safari on iOS', address: '10.1.2.3', current: false },
  ])
  expect(Date.parse(current?.signedInAt ?? '')).toBeGreaterThanOrEqual(before - 1_000)
  expect(current?.usedAt).toBe(current?.signedInAt)
})

test('the last use of a session is written every ten minutes, not with each call', async () => {
  const sam = await someone('Sam')
  const cookie = await signIn(sam, { 'user-agent': firefox, 'x-forwarded-for': '10.1.0.1' })
  const use = (address: string) =>
    sam.call('me', { headers: { cookie, 'user-agent': safari, 'x-forwarded-for': address } })
  const row = async () => (await sessionsOf(sam, cookie))[0]

  await use('10.1.0.2')
  expect(await row()).toMatchObject({ device: 'Firefox on Windows', address: '10.1.0.1' })
  await sql`update sessions set used_at = now() - interval '11 minutes', ends_at = expires_at
    where person_id = ${sam.id}`.execute(desk.db)
  await use('10.1.0.3')
  await use('10.1.0.4')
  const noted = await row()
  expect(noted).toMatchObject({ device: 'Safari on iOS', address: '10.1.0.3' })
  expect(Date.now() - Date.parse(noted?.usedAt ?? '')).toBeLessThan(60_000)
})

test('[SE3] signing out of one session ends it and closes its sockets, and no others', async () => {
  const sam = await someone('Sam')
  const there = await signIn(sam)
  const [mine, theirs] = await Promise.all([listening(sam.cookie), listening(there)])
  const id = (await sessionsOf(sam, there))[0]?.id ?? ''
  const key = crypto.randomUUID()
  expect((await sam.call('endMySession', { params: { id }, key })).status).toBe(200)
  await expect.poll(theirs.isOpen, { timeout: 1_000 }).toBe(false)
  expect(theirs.events.at(-1)).toMatchObject({
    name: 'session:ended',
    data: { sessionIds: [id], reason: 'signedOutElsewhere' },
  })
  expect(mine.isOpen()).toBe(true)
  expect([await isSignedIn(sam, there), await isSignedIn(sam, sam.cookie)]).toEqual([false, true])
  expect((await sam.call('endMySession', { params: { id }, key })).status).toBe(200)
  const again = await sam.call('endMySession', { params: { id } })
  expect([again.status, again.body.code]).toEqual([404, 'not.found'])
})

test('[SE3] signing out of the current session deletes its cookie', async () => {
  const sam = await someone('Sam')
  const tab = await listening(sam.cookie)
  const id = (await sessionsOf(sam))[0]?.id ?? ''
  const { status, headers } = await sam.call('endMySession', { params: { id } })
  expect([status, headers.getSetCookie()[0]]).toEqual([200, expect.stringMatching(/^deskbell=;/)])
  await expect.poll(tab.isOpen, { timeout: 1_000 }).toBe(false)
  expect(tab.events.at(-1)?.data).toMatchObject({ reason: 'signedOut' })
})

test('[SE3] signing out everywhere else keeps only this session', async () => {
  const sam = await someone('Sam')
  const elsewhere = await Promise.all([signIn(sam), signIn(sam)])
  const [mine, theirs] = await Promise.all([listening(sam.cookie), listening(elsewhere[0])])
  const { status } = await sam.call('endMyOtherSessions', { query: { others: 'true' } })
  expect(status).toBe(200)
  await expect.poll(theirs.isOpen, { timeout: 1_000 }).toBe(false)
  expect(mine.isOpen()).toBe(true)
  expect(await sessionsOf(sam)).toMatchObject([{ current: true }])
  for (const cookie of elsewhere) expect(await isSignedIn(sam, cookie)).toBe(false)
  // Without `others`, nothing ends.
  const refused = await sam.call('endMyOtherSessions')
  expect([refused.status, refused.body.code]).toEqual([400, 'request.invalid'])
})

test('[SE8] the session unused for longest ends when there is one too many', async () => {
  const sam = await someone('Sam')
  const oldest = await signIn(sam)
  const used = await signIn(sam)
  await sql`update sessions set used_at = now() - interval '3 days' where person_id = ${sam.id}`.execute(
    desk.db,
  )
  await sam.call('me')
  await isSignedIn(sam, used)
  const tab = await listening(oldest)
  for (let more = 3; more < limits.sessionsPerPerson; more += 1) await desk.again(sam)
  expect(await isSignedIn(sam, used)).toBe(true)
  const kept = await listening(used)

  await signIn(sam)
  await expect.poll(tab.isOpen, { timeout: 1_000 }).toBe(false)
  expect(tab.events.at(-1)).toMatchObject({ name: 'session:ended', data: { reason: 'tooMany' } })
  expect(kept.isOpen()).toBe(true)
  expect(await isSignedIn(sam, oldest)).toBe(false)
  expect(await sessionsOf(sam)).toHaveLength(limits.sessionsPerPerson)
})

test('[SE8] many sign-ins at once leave no more sessions than a person may have', async () => {
  const sam = await someone('Sam')
  for (let more = 2; more < limits.sessionsPerPerson; more += 1) await desk.again(sam)
  const signingIn = await desk.db.transaction().execute(async (tx) => {
    // None can finish before all have begun.
    await sql`select 1 from people where id = ${sam.id} for update`.execute(tx)
    const begun = [1, 2, 3, 4].map(() => signIn(sam))
    await expect.poll(() => lockWaiters(desk.db)).toBe(4)
    return begun
  })
  await Promise.all(signingIn)
  const { count } = await desk.db
    .selectFrom('sessions')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('person_id', '=', sam.id)
    .executeTakeFirstOrThrow()
  expect(Number(count)).toBe(limits.sessionsPerPerson)
})
