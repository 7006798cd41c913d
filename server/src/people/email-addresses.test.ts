import { afterAll, beforeAll, expect, test } from 'vitest'
import { serverContext } from '../audit/audit-context.ts'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { issuePasswordLinkOnServer } from './issue-password-link.ts'

let desk: TestDesk
let root: TestPerson
beforeAll(async () => {
  desk = await startTestDesk()
  root = await desk.someone('super_admin', 'Root')
})
afterAll(() => desk.stop())

const password = 'sunflower piano seven'
/** Calls come from another browser, without a cookie. */
const headers = { cookie: '' }

function invite(email: string) {
  return root.call('invite', { body: { email, name: `Dora ${email}`, role: 'sales' } })
}

async function join(email: string): Promise<void> {
  const { body } = await invite(email)
  const token = body.invitation?.token ?? ''
  const joined = await root.call('acceptInvitation', {
    params: { token },
    body: { password },
    headers,
  })
  expect(joined.status).toBe(200)
}

test('an address in an office network works like any other', async () => {
  for (const email of ['dora@desk', 'dora@desk.local']) {
    await join(email)
    const signedIn = await root.call('signIn', { body: { email, password }, headers })
    expect([signedIn.status, signedIn.body.me.email]).toEqual([200, email])
  }
})

test('both spellings of a domain with other letters are one account, shown as people write it', async () => {
  await join('Dora@MÜLLER.example')
  for (const email of [
    'dora@müller.example',
    'dora@mu\u0308ller.example',
    'DORA@xn--mller-kva.example',
  ]) {
    const signedIn = await root.call('signIn', { body: { email, password }, headers })
    expect([signedIn.status, signedIn.body.me?.email]).toEqual([200, 'dora@müller.example'])
    const again = await invite(email)
    expect([again.status, again.body.code]).toEqual([409, 'person.exists'])
  }
  const { people } = (await root.call('people')).body
  expect(people.map(({ email }) => email)).toContain('dora@müller.example')
  const { token } = await issuePasswordLinkOnServer(desk.db, serverContext, 'dora@müller.example')
  const link = await root.call('invitation', { params: { token }, headers })
  expect(link.body.email).toBe('dora@müller.example')
})

test('an invalid address is refused with the reason', async () => {
  const refused = await invite('dora.desk.example')
  expect([refused.status, refused.body.code, refused.body.details]).toEqual([
    400,
    'request.invalid',
    { fields: { email: 'An e-mail address needs an @, as in dora@desk.example.' } },
  ])
})
