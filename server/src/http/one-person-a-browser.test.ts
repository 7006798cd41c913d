import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashPassword } from '../people/secrets.ts'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { createListener } from '../testing/listener.ts'
import type { Listener } from '../testing/listener.ts'

const password = 'the right password'

let desk: TestDesk
let root: TestPerson
let bo: TestPerson
beforeAll(async () => {
  desk = await startTestDesk()
  root = await desk.someone('super_admin', 'Root')
  bo = await desk.someone('sales', 'Bo')
  const password_hash = await hashPassword(password)
  await desk.db.updateTable('people').set({ password_hash }).where('id', '=', bo.id).execute()
})
afterAll(() => desk.stop())

/** Signs in from a browser that has this person's cookie. */
function signIn(browser: TestPerson, typed = password) {
  return browser.call('signIn', { body: { email: `${bo.id}@desk.example`, password: typed } })
}

async function listening(person: TestPerson): Promise<Listener> {
  const listener = createListener(desk.url, person)
  listener.open()
  await expect.poll(() => listener.ready.length).toBe(1)
  return listener
}

async function isSignedIn(person: TestPerson): Promise<boolean> {
  return (await person.call('me')).status === 200
}

test('[SE7] signing in ends the session that the browser had, and no other', async () => {
  const ada = await desk.someone('admin', 'Ada')
  const elsewhere = await desk.again(ada)
  const [tab, other] = await Promise.all([listening(ada), listening(elsewhere)])
  expect([tab.ready[0]?.personId, other.ready[0]?.personId]).toEqual([ada.id, ada.id])

  expect((await signIn(ada, 'a guess')).status).toBe(401)
  expect(await isSignedIn(ada)).toBe(true)

  const { status, headers } = await signIn(ada)
  expect(status).toBe(200)
  await expect.poll(tab.isOpen).toBe(false)
  expect(tab.events.at(-1)).toMatchObject({
    name: 'session:ended',
    data: { personId: ada.id, reason: 'replaced' },
    meta: { actor: null },
  })
  expect([await isSignedIn(ada), await isSignedIn(elsewhere)]).toEqual([false, true])
  expect(other.isOpen()).toBe(true)

  // The same person again: no one needs the earlier session any more.
  const browser = { ...ada, cookie: (headers.getSetCookie()[0] ?? '').split(';')[0] ?? '' }
  const again = createListener(desk.url, browser)
  again.open()
  await expect.poll(() => again.ready[0]?.personId).toBe(bo.id)
  const me = await fetch(`${desk.url}/api/session`, {
    method: 'POST',
    headers: { cookie: browser.cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${bo.id}@desk.example`, password }),
  })
  expect(me.status).toBe(200)
  await expect.poll(again.isOpen).toBe(false)
  expect(again.events.at(-1)).toMatchObject({ data: { personId: bo.id, reason: 'replaced' } })
})

test('[SE7] accepting an invitation ends the session that the browser had', async () => {
  const ada = await desk.someone('admin', 'Ada')
  const tab = await listening(ada)
  const { body } = await root.call('invite', {
    body: { email: `${randomUUID()}@desk.example`, name: 'Cy', role: 'sales' },
  })
  const params = { token: body.invitation?.token ?? '' }
  const accepted = await ada.call('acceptInvitation', { params, body: { password } })
  expect(accepted.status).toBe(200)
  await expect.poll(tab.isOpen).toBe(false)
  expect(tab.events.at(-1)).toMatchObject({ data: { personId: ada.id, reason: 'replaced' } })
  expect(await isSignedIn(ada)).toBe(false)
})

test('[SE7] a call for another person than the one signed in is refused and changes nothing', async () => {
  const ada = await desk.someone('admin', 'Ada')
  const { body } = await ada.call('createTicket', { body: { title: 'Printer', description: '' } })
  const params = { id: body.ticket.id }
  const change = { params, body: { status: 'closed' as const } }
  const headers = (person: TestPerson) => ({ 'deskbell-person': person.id })

  const other = { status: 401, body: { code: 'session.other' } }
  expect(await ada.call('changeStatus', { ...change, headers: headers(bo) })).toMatchObject(other)
  expect(await ada.call('session', { headers: headers(bo) })).toMatchObject(other)
  expect(await ada.call('signOut', { headers: headers(bo) })).toMatchObject(other)
  expect(await ada.call('ticket', { params: { ref: params.id } })).toMatchObject({
    status: 200,
    body: { ticket: { status: 'open' } },
  })
  expect((await ada.call('changeStatus', { ...change, headers: headers(ada) })).status).toBe(200)
})
