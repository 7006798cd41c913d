import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { createListener } from '../testing/listener.ts'
import { logPosition } from '../log/log-position.ts'
import { hashPassword } from './secrets.ts'

const password = 'sunflower piano seven'

let desk: TestDesk
let passwordHash: string
let root: TestPerson
beforeAll(async () => {
  desk = await startTestDesk()
  passwordHash = await hashPassword(password)
})
afterAll(() => desk.stop())
beforeEach(async () => {
  root = await desk.someone('super_admin', 'Root')
  const password_hash = passwordHash
  await desk.db.updateTable('people').set({ password_hash }).where('id', '=', root.id).execute()
})

/** Moves the confirmation of the password eleven minutes back. */
async function wait(): Promise<void> {
  await sql`update sessions set confirmed_at = confirmed_at - interval '11 minutes'
    where person_id = ${root.id}`.execute(desk.db)
}

const refusal = { status: 403, body: { code: 'session.confirm' } }

test('[SE9] a change that gives others access needs the password again, and then passes with the same key', async () => {
  const sam = await desk.someone('sales', 'Sam')
  const params = { id: sam.id }
  const newcomer = { email: 'ina@desk.example', name: 'Ina', role: 'sales' as const }
  const keys = Array.from({ length: 3 }, () => crypto.randomUUID())
  const all = async () => [
    await root.call('editPerson', { params, body: { role: 'admin' }, key: keys[0] ?? '' }),
    await root.call('issueLink', { params, key: keys[1] ?? '' }),
    await root.call('invite', { body: newcomer, key: keys[2] ?? '' }),
  ]
  await wait()
  const head = (await logPosition(desk.db)).seq
  expect(await all()).toMatchObject([refusal, refusal, refusal])
  expect((await logPosition(desk.db)).seq).toBe(head)
  // A change that takes access away needs no confirmation.
  expect((await root.call('endSessions', { params })).status).toBe(200)
  expect((await root.call('withdrawLink', { params })).status).toBe(200)

  const wrong = await root.call('confirmSession', { body: { password: 'a guess' } })
  expect([wrong.status, wrong.body.code]).toEqual([403, 'password.wrong'])
  expect((await all()).map(({ status }) => status)).toEqual([403, 403, 403])

  expect((await root.call('confirmSession', { body: { password } })).status).toBe(204)
  expect((await all()).map(({ status }) => status)).toEqual([200, 201, 201])
  await wait()
  // They were made, so repeated requests get their results.
  expect((await all()).map(({ status }) => status)).toEqual([200, 201, 201])
})

test('[SE9] a sign-in and a change of password also confirm, each for its own session', async () => {
  const sam = await desk.someone('sales', 'Sam')
  const issue = (by: TestPerson) => by.call('issueLink', { params: { id: sam.id } })
  await wait()
  const other = await desk.again(root)
  expect(await issue(root)).toMatchObject(refusal)
  expect((await issue(other)).status).toBe(201)
  const body = { current: password, password: 'seven pianos in the sun' }
  expect((await root.call('changePassword', { body })).status).toBe(200)
  expect((await issue(root)).status).toBe(201)
})

test('[SE9] wrong passwords count like those of a sign-in', async () => {
  const headers = { 'x-forwarded-for': '10.7.0.1' }
  const confirm = (given: string) =>
    root.call('confirmSession', { body: { password: given }, headers })
  const guesses = await Promise.all(Array.from({ length: 12 }, () => confirm('a guess')))
  expect(new Set(guesses.map(({ body }) => body.code))).toEqual(
    new Set(['password.wrong', 'session.throttled']),
  )
  const { status, body } = await confirm(password)
  expect([status, body.code]).toEqual([429, 'session.throttled'])
})

test.each(['confirmSession', 'changePassword'] as const)(
  '[SE5] [SE9] after %s the session continues with another token, and its sockets stay open',
  async (name) => {
    const old = root.cookie
    const socket = createListener(desk.url, { cookie: old })
    socket.open()
    await expect.poll(() => socket.ready.length).toBe(1)
    const body =
      name === 'confirmSession'
        ? { password }
        : { current: password, password: 'seven pianos in the sun' }
    expect((await root.call(name, { body })).status).toBeLessThan(300)

    expect(root.cookie).not.toBe(old)
    const stolen = await root.call('me', { headers: { cookie: old } })
    expect([stolen.status, stolen.body.code]).toEqual([401, 'session.none'])
    expect((await root.call('me')).status).toBe(200)
    const { sessions } = (await root.call('mySessions')).body
    expect(sessions).toMatchObject([{ current: true }])
    await desk
      .someone('admin', 'Ada')
      .then((ada) =>
        ada.call('createTicket', { body: { title: 'Fire', description: '', priority: 'urgent' } }),
      )
    await expect.poll(() => socket.names().length).toBeGreaterThan(0)
    expect(socket.isOpen()).toBe(true)
  },
)
