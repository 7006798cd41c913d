import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { passwordSentences } from '@deskbell/contract'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { hashPassword } from './secrets.ts'

let desk: TestDesk
let root: TestPerson
beforeAll(async () => {
  desk = await startTestDesk()
  root = await desk.someone('super_admin', 'Root')
})
afterAll(() => desk.stop())

const headers = { cookie: '' }

function refusedAs(problem: keyof typeof passwordSentences) {
  return { status: 400, code: 'request.invalid', password: passwordSentences[problem] }
}

const guessable = [
  ['password123', 'common'],
  ['PassWord1234!', 'common'],
  ['football2025!', 'common'],
  ['welcome2026!', 'common'],
  ['password password', 'common'],
  ['pass word 1 2', 'common'],
  ['ticketsystem', 'common'],
  ['1q2w3e4r5t', 'run'],
  ['administrator', 'common'],
  ['dora.miller', 'owner'],
  ['Dora Miller', 'owner'],
  ['dora.miller@desk.example', 'owner'],
  ['aaaaaaaaaaaa', 'repeated'],
  ['abcdefghij', 'run'],
] as const

test.each(guessable)(
  'the password %s is refused, and the link stays valid',
  async (password, problem) => {
    const email = 'dora.miller@desk.example'
    // Frees address and name for the next person. People cannot be deleted: the audit log refers to them.
    const left = `${randomUUID()}@desk.example`
    await desk.db
      .updateTable('people')
      .set({ email: left, name: left })
      .where('email', '=', email)
      .execute()
    const invited = await root.call('invite', { body: { email, name: 'Dora', role: 'sales' } })
    const params = { token: invited.body.invitation?.token ?? '' }
    const body = { password, name: 'Dora Miller' }
    const refused = await root.call('acceptInvitation', { params, body, headers })
    expect(refusal(refused)).toEqual(refusedAs(problem))
    const joined = await root.call('acceptInvitation', {
      params,
      body: { ...body, password: 'sunflower piano seven' },
      headers,
    })
    expect(joined.status).toBe(200)
    await desk.db.deleteFrom('sessions').where('person_id', '=', joined.body.me.id).execute()
  },
)

test('set-up and a change of password have the same rule', async () => {
  await using fresh = await startTestDesk()
  const token = new URL(fresh.app.setUpUrl ?? '').searchParams.get('token') ?? ''
  const body = { token, name: 'Dora Miller', email: 'dora@desk', password: 'dora miller' }
  const response = await fetch(`${fresh.url}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(await response.json()).toMatchObject({
    details: { fields: { password: passwordSentences.owner } },
  })

  const sam = await desk.someone('sales', 'Sam Sales')
  const password_hash = await hashPassword('the old one')
  await desk.db.updateTable('people').set({ password_hash }).where('id', '=', sam.id).execute()
  const change = (password: string) =>
    sam.call('changePassword', { body: { current: 'the old one', password } })
  expect(refusal(await change('samsales12'))).toEqual(refusedAs('owner'))
  expect(refusal(await change('iloveyou123'))).toEqual(refusedAs('common'))
  expect((await change('sunflower piano seven')).status).toBe(200)
})

test('a password is the same with composed letters and with combining marks', async () => {
  const sam = await desk.someone('sales', 'Sam')
  const password_hash = await hashPassword('gru\u0308n und blau')
  await desk.db.updateTable('people').set({ password_hash }).where('id', '=', sam.id).execute()
  for (const password of ['gr\u00fcn und blau', 'gru\u0308n und blau']) {
    const body = { email: `${sam.id}@desk.example`, password }
    expect((await root.call('signIn', { body, headers })).status).toBe(200)
  }
})

function refusal({ status, body }: { status: number; body: { code: string; details?: unknown } }) {
  const { fields } = body.details as { fields: { password: string } }
  return { status, code: body.code, password: fields.password }
}
