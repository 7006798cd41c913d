import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { paths } from '@deskbell/contract'
import type { Body, RouteName } from '@deskbell/contract'
import { serverContext } from '../audit/audit-context.ts'
import { logPosition } from '../log/log-position.ts'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk } from '../testing/index.ts'
import { lockWaiters } from '../testing/lock-waiters.ts'
import { issuePasswordLinkOnServer } from './issue-password-link.ts'
import { issueSetUpLink } from './set-up.ts'
import { hashPassword, hashToken } from './secrets.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await startTestDesk()
})
afterEach(() => desk.stop())

const password = 'a long password'

/** Calls a route without a session. */
async function call<N extends RouteName>(name: N, body: Body<N> | undefined, token = '') {
  const [method, pattern] = paths[name]
  const response = await fetch(desk.url + pattern.replace(':token', token), {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const answer = (await response.json()) as { code?: string }
  return { status: response.status, code: answer.code, cookie: response.headers.get('set-cookie') }
}

const linkInvalid = { status: 404, code: 'link.invalid' }

async function head(): Promise<number> {
  return (await logPosition(desk.db)).seq
}

test('set-up creates one super admin with its one-time token, also with many requests at once', async () => {
  const token = new URL(desk.app.setUpUrl ?? '').searchParams.get('token') ?? ''
  const input = { token, name: 'Root', email: 'root@desk.example', password }
  expect(await call('setUp', { ...input, token: 'wrong' })).toMatchObject(linkInvalid)

  // Another node may have printed its own link.
  const expires_at = new Date(Date.now() + 60_000)
  const second = {
    id: crypto.randomUUID(),
    kind: 'setup' as const,
    token_hash: hashToken('second'),
  }
  await desk.db
    .insertInto('links')
    .values({ ...second, person_id: null, expires_at })
    .execute()
  const asked = await desk.db.transaction().execute(async (tx) => {
    // None can finish before two have begun.
    await sql`select 1 from log for update`.execute(tx)
    const calls = Array.from({ length: 8 }, (_, index) => {
      const email = `root${index}@desk.example`
      return call('setUp', { ...input, token: index % 2 ? token : 'second', email })
    })
    // Their passwords are hashed one after the other first.
    await expect.poll(() => lockWaiters(desk.db), { timeout: 20_000 }).toBeGreaterThan(1)
    return calls
  })
  const statuses = (await Promise.all(asked)).map(({ status }) => status)
  expect(statuses.toSorted((one, two) => one - two)).toEqual([201, ...Array(7).fill(404)])
  const people = await desk.db.selectFrom('people').select('role').execute()
  expect(people).toEqual([{ role: 'super_admin' }])
  expect(await call('setUp', input)).toMatchObject({ status: 404, code: 'setup.done' })
  expect(await issueSetUpLink(desk.db)).toBeUndefined()
})

test('a printed set-up link stays valid when this server, or another one, starts', async () => {
  const old = new URL(desk.app.setUpUrl ?? '').searchParams.get('token') ?? ''
  await desk.restart()
  const newer = new URL(desk.app.setUpUrl ?? '').searchParams.get('token') ?? ''
  expect(newer).not.toBe(old)
  const input = { name: 'Root', email: 'root@desk.example', password }
  expect(await call('setUp', { ...input, token: old })).toMatchObject({ status: 201 })
  expect(await call('setUp', { ...input, token: newer })).toMatchObject({ code: 'setup.done' })
  expect(await desk.db.selectFrom('links').select('id').execute()).toEqual([])
})

test('after many starts the latest twenty set-up links are valid, until they expire', async () => {
  const tokens: string[] = []
  for (let start = 0; start < 21; start += 1)
    tokens.push((await issueSetUpLink(desk.db))?.token ?? '')
  const input = { name: 'Root', email: 'root@desk.example', password }
  expect(await call('setUp', { ...input, token: tokens[0] ?? '' })).toMatchObject(linkInvalid)
  await sql`update links set expires_at = now() where token_hash = ${hashToken(tokens[2] ?? '')}`.execute(
    desk.db,
  )
  expect(await call('setUp', { ...input, token: tokens[2] ?? '' })).toMatchObject(linkInvalid)
  expect(await call('setUp', { ...input, token: tokens[1] ?? '' })).toMatchObject({ status: 201 })
})

test('an invitation works once, and signs in', async () => {
  const root = await desk.someone('super_admin', 'Root')
  const body = { email: 'Ina@Desk.example', name: 'Ina', role: 'sales' as const }
  const { invitation, person } = (await root.call('invite', { body })).body
  const token = invitation?.token ?? ''
  expect(person).toMatchObject({ email: 'ina@desk.example', pending: true, active: true })
  expect(invitation?.url).toBe(`${desk.url}/invitation/${token}`)
  expect(await call('signIn', { email: person.email, password })).toMatchObject({ status: 401 })
  expect(await call('invitation', undefined, token)).toMatchObject({ status: 200 })

  const answers = await Promise.all(
    [1, 2, 3].map(() => call('acceptInvitation', { password }, token)),
  )
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404, 404])
  expect(answers.find(({ status }) => status === 200)?.cookie).toContain('HttpOnly')
  expect(await call('invitation', undefined, token)).toMatchObject(linkInvalid)
  expect(await call('signIn', { email: 'INA@desk.example ', password })).toMatchObject({
    status: 200,
  })
  const again = await root.call('invite', { body })
  expect([again.status, again.body.code]).toEqual([409, 'person.exists'])
})

test('links that expired, were withdrawn, replaced, or belong to a deactivated person do not work', async () => {
  const root = await desk.someone('super_admin', 'Root')
  const invite = async (name: string) => {
    const body = { email: `${name}@desk.example`, name, role: 'sales' as const }
    const { person, invitation } = (await root.call('invite', { body })).body
    return { id: person.id, token: invitation?.token ?? '' }
  }
  const [late, withdrawn, replaced, inactive] = await Promise.all(
    ['late', 'withdrawn', 'replaced', 'inactive'].map(invite),
  )
  if (!late || !withdrawn || !replaced || !inactive) throw new Error('four were invited')
  await desk.db
    .updateTable('links')
    .set({ expires_at: new Date(Date.now() - 1_000) })
    .where('person_id', '=', late.id)
    .execute()
  await root.call('withdrawLink', { params: { id: withdrawn.id } })
  const { link } = (await root.call('issueLink', { params: { id: replaced.id } })).body
  await root.call('editPerson', { params: { id: inactive.id }, body: { active: false } })

  const before = await head()
  for (const { token } of [late, withdrawn, replaced, inactive]) {
    expect(await call('invitation', undefined, token)).toMatchObject(linkInvalid)
    expect(await call('acceptInvitation', { password }, token)).toMatchObject(linkInvalid)
  }
  expect(await head()).toBe(before)
  expect(await call('acceptInvitation', { password }, link?.token)).toMatchObject({ status: 200 })
})

test('a password link from the server itself lets a person in again, and ends their sessions', async () => {
  const root = await desk.someone('super_admin', 'Root')
  const email = `${root.id}@desk.example`
  const { token } = await issuePasswordLinkOnServer(
    desk.db,
    serverContext,
    ` ${email.toUpperCase()} `,
  )
  expect((await root.call('me')).status).toBe(200)
  expect(await call('acceptInvitation', { password }, token)).toMatchObject({ status: 200 })
  expect((await root.call('me')).status).toBe(401)
  expect(await call('signIn', { email, password })).toMatchObject({ status: 200 })
  await expect(
    issuePasswordLinkOnServer(desk.db, serverContext, 'nobody@desk.example'),
  ).rejects.toMatchObject({
    code: 'not.found',
  })
})

test('the last active super admin stays one, also when two demote each other at once', async () => {
  const [one, two] = [
    await desk.someone('super_admin', 'One'),
    await desk.someone('super_admin', 'Two'),
  ]
  for (let turn = 0; turn < 6; turn += 1) {
    const body = turn % 2 === 0 ? { role: 'sales' as const } : { active: false }
    const [first, second] = [await desk.again(one), await desk.again(two)]
    const answers = await Promise.all([
      first.call('editPerson', { params: { id: two.id }, body }),
      second.call('editPerson', { params: { id: one.id }, body }),
    ])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401])
    const supers = await desk.db
      .selectFrom('people')
      .select('id')
      .where('role', '=', 'super_admin')
      .where('active', '=', true)
      .execute()
    expect(supers).toHaveLength(1)
    await desk.db.updateTable('people').set({ role: 'super_admin', active: true }).execute()
  }
  await desk.db.updateTable('people').set({ role: 'sales' }).where('id', '=', two.id).execute()
  const last = await desk.again(one)
  for (const body of [{ role: 'admin' as const }, { active: false }]) {
    const refused = await last.call('editPerson', { params: { id: one.id }, body })
    expect([refused.status, refused.body.code]).toEqual([409, 'person.lastSuperAdmin'])
  }
  // A person who never accepted the invitation could not take over.
  const invited = { email: 'new@desk.example', name: 'New', role: 'super_admin' as const }
  await last.call('invite', { body: invited })
  const refused = await last.call('editPerson', { params: { id: one.id }, body: { active: false } })
  expect(refused.body.code).toBe('person.lastSuperAdmin')
})

test("a change of one's own password needs the current one, also with two at once", async () => {
  const sam = await desk.someone('sales', 'Sam')
  const password_hash = await hashPassword('the old one')
  await desk.db.updateTable('people').set({ password_hash }).where('id', '=', sam.id).execute()
  const change = (current: string, next: string, key?: string) =>
    sam.call('changePassword', { body: { current, password: next }, ...(key && { key }) })
  const wrong = await change('not this one', password)
  expect([wrong.status, wrong.body.code]).toEqual([403, 'password.wrong'])

  const key = crypto.randomUUID()
  const both = await Promise.all([
    change('the old one', 'the first one', key),
    change('the old one', 'the second one'),
  ])
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403])
  const now = both[0].status === 200 ? 'the first one' : 'the second one'
  expect(await call('signIn', { email: `${sam.id}@desk.example`, password: now })).toMatchObject({
    status: 200,
  })
  const again = await change(
    'the old one',
    'the first one',
    both[0].status === 200 ? key : undefined,
  )
  expect(again.status).toBe(both[0].status === 200 ? 200 : 403)
})

test('a sign-in with a password that is being changed is refused', async () => {
  const sam = await desk.someone('sales', 'Sam')
  await desk.again(sam)
  const password_hash = await hashPassword('the old one')
  await desk.db.updateTable('people').set({ password_hash }).where('id', '=', sam.id).execute()
  const { changing, signingIn } = await desk.db.transaction().execute(async (tx) => {
    // The end of the other session waits to be appended, and the change of password with it.
    await sql`select 1 from log for update`.execute(tx)
    const first = sam.call('changePassword', { body: { current: 'the old one', password } })
    await expect.poll(() => lockWaiters(desk.db)).toBe(1)
    const email = `${sam.id}@desk.example`
    const second = call('signIn', { email, password: 'the old one' })
    await expect.poll(() => lockWaiters(desk.db)).toBe(2)
    return { changing: first, signingIn: second }
  })
  expect((await changing).status).toBe(200)
  expect(await signingIn).toMatchObject({ status: 401, code: 'session.refused' })
})

test('[WR5] a repeated change of password succeeds, and another password under its key is refused', async () => {
  const sam = await desk.someone('sales', 'Sam')
  const password_hash = await hashPassword('the old one')
  await desk.db.updateTable('people').set({ password_hash }).where('id', '=', sam.id).execute()
  const key = crypto.randomUUID()
  const change = (next: string) =>
    sam.call('changePassword', { body: { current: 'the old one', password: next }, key })
  expect((await change('the new one')).status).toBe(200)
  expect((await change('the new one')).status).toBe(200)
  const other = await change('another one')
  expect([other.status, other.body.code]).toEqual([409, 'idempotency.mismatch'])
})

test('[WR5] of two passwords under one key at once, one is set and the other refused', async () => {
  const sam = await desk.someone('sales', 'Sam')
  const password_hash = await hashPassword('the old one')
  await desk.db.updateTable('people').set({ password_hash }).where('id', '=', sam.id).execute()
  const key = crypto.randomUUID()
  const started = await desk.db.transaction().execute(async (tx) => {
    // Neither can finish before both have begun.
    await sql`select 1 from people where id = ${sam.id} for update`.execute(tx)
    const calls = ['one of the two', 'the other of the two'].map((next) =>
      sam.call('changePassword', { body: { current: 'the old one', password: next }, key }),
    )
    await expect.poll(() => lockWaiters(desk.db)).toBe(2)
    return calls
  })
  const answers = await Promise.all(started)
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
})

test('a deactivated person cannot sign in, and can after activation', async () => {
  const root = await desk.someone('super_admin', 'Root')
  const sam = await desk.someone('sales', 'Sam')
  const password_hash = await hashPassword(password)
  await desk.db.updateTable('people').set({ password_hash }).where('id', '=', sam.id).execute()
  const signIn = () => call('signIn', { email: `${sam.id}@desk.example`, password })
  expect((await signIn()).status).toBe(200)
  await root.call('editPerson', { params: { id: sam.id }, body: { active: false } })
  expect(await signIn()).toMatchObject({ status: 401, code: 'session.refused' })
  expect((await sam.call('me')).status).toBe(401)
  await root.call('editPerson', { params: { id: sam.id }, body: { active: true } })
  expect((await sam.call('me')).status).toBe(401)
  expect((await signIn()).status).toBe(200)
})

test('[WR4] a former super admin who repeats a change gets no data about people', async () => {
  const root = await desk.someone('super_admin', 'Root')
  const sue = await desk.someone('super_admin', 'Sue')
  const sam = await desk.someone('sales', 'Sam')
  const params = { id: sam.id }
  const invited = { email: 'ina@desk.example', name: 'Ina', role: 'sales' as const }
  const keys = Array.from({ length: 4 }, () => crypto.randomUUID())
  const all = async (person: typeof sue) => [
    await person.call('invite', { body: invited, key: keys[0] ?? '' }),
    await person.call('issueLink', { params, key: keys[1] ?? '' }),
    await person.call('withdrawLink', { params, key: keys[2] ?? '' }),
    await person.call('editPerson', { params, body: { role: 'admin' }, key: keys[3] ?? '' }),
  ]
  expect((await all(sue)).map(({ status }) => status)).toEqual([201, 201, 200, 200])
  await root.call('editPerson', { params: { id: sue.id }, body: { role: 'sales' } })
  const again = await all(await desk.again({ ...sue, role: 'sales' }))
  expect(again.map(({ status, body }) => [status, body.code])).toEqual(
    Array(4).fill([403, 'forbidden']),
  )
})
