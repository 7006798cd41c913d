import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { serverContext } from '../audit/audit-context.ts'
import { readConfig } from '../config.ts'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { becomeDue, consumerSteps } from '../testing/consumer-steps.ts'
import { startSmtpServer } from '../testing/smtp-server.ts'
import { unsubscribeTokens } from '../testing/unsubscribe-token.ts'
import type { ReceivedMail, TestSmtpServer } from '../testing/smtp-server.ts'
import { issuePasswordLinkOnServer } from '../people/issue-password-link.ts'
import { issueLink } from '../people/links.ts'
import { createEmailConsumer } from './email-consumer.ts'
import { createSmtp } from './smtp.ts'

const publicUrl = 'https://desk.example.org'
const soon = { interval: 20, timeout: 15_000 }

let desk: TestDesk
let server: TestSmtpServer
let root: TestPerson
beforeAll(async () => {
  desk = await startTestDesk()
  server = await startSmtpServer()
  root = await desk.someone('super_admin', 'Root')
})
afterAll(async () => {
  await server.stop()
  await desk.stop()
})
beforeEach(() => {
  server.mails.length = 0
  server.judge = () => undefined
})

async function steps() {
  const { email } = readConfig(settings())
  if (email === undefined) throw new Error('e-mail is configured')
  const smtp = createSmtp(email)
  const tokens = await unsubscribeTokens(desk.db)
  const consumer = createEmailConsumer({ db: desk.db, smtp, publicUrl, tokens })
  const made = await consumerSteps(desk.db, consumer)
  return { ...made, [Symbol.dispose]: smtp.close }
}

function settings() {
  return { SMTP_URL: server.url, MAIL_FROM: 'Help desk <desk@desk.example>', PUBLIC_URL: publicUrl }
}

let invited = 0
async function invite(name: string, email = `invited${(invited += 1)}@desk.example`) {
  const { body, status } = await root.call('invite', { body: { name, email, role: 'sales' } })
  expect(status).toBe(201)
  return { id: body.person.id, email, token: body.invitation?.token ?? '' }
}

function tokenIn({ text = '' }: ReceivedMail): string {
  return /invitation\/(\S+)/.exec(text)?.[1] ?? ''
}

function accept(token: string) {
  const body = { password: 'seven pianos in the sun' }
  return root.call('acceptInvitation', { params: { token }, body, headers: { cookie: '' } })
}

function links(personId: string) {
  return desk.db.selectFrom('links').select('id').where('person_id', '=', personId).execute()
}

test('an invitation goes out by e-mail, over TLS and signed in, and either link sets the password once', async () => {
  using email = await steps()
  const { id, email: address, token } = await invite('Dora')
  await email.takeIn()
  await email.deliverAll()
  const [mail, ...more] = server.mails
  if (mail === undefined) throw new Error('no e-mail arrived')
  expect(more).toEqual([])
  expect(mail).toMatchObject({
    recipients: [address],
    isEncrypted: true,
    user: 'desk@desk.example',
    subject: 'Your invitation to desk.example.org',
    from: { value: [{ name: 'Help desk', address: 'desk@desk.example' }] },
    to: { value: [{ name: 'Dora', address }] },
  })
  expect(mail.text).toContain('Root invites you')
  expect(mail.html).toContain(`href="${publicUrl}/invitation/${tokenIn(mail)}"`)
  expect(tokenIn(mail)).not.toBe(token)
  expect(await links(id)).toHaveLength(2)

  // No other e-mail, also after further changes of the account.
  await root.call('editPerson', { params: { id }, body: { role: 'admin' } })
  await email.takeIn()
  await email.deliverAll()
  expect(server.mails).toHaveLength(1)

  expect((await accept(tokenIn(mail))).status).toBe(200)
  expect([(await accept(token)).body.code, await links(id)]).toEqual(['link.invalid', []])
})

test('a password link goes out by e-mail; one that is made on the server does not', async () => {
  using email = await steps()
  const { id } = await desk.someone('sales', 'Eva')
  await desk.db.updateTable('people').set({ password_hash: 'one' }).where('id', '=', id).execute()
  await root.call('issueLink', { params: { id } })
  await email.takeIn()
  await email.deliverAll()
  expect(server.mails).toMatchObject([{ subject: 'A new password for desk.example.org' }])

  await issuePasswordLinkOnServer(desk.db, serverContext, `${id}@desk.example`)
  await email.takeIn()
  await email.deliverAll()
  expect(server.mails).toHaveLength(1)
})

test('a link that was withdrawn, replaced or used before its e-mail was sent is not sent', async () => {
  using email = await steps()
  const [withdrawn, replaced, used] = [
    await invite('Will'),
    await invite('Rita'),
    await invite('Uma'),
  ]
  await root.call('withdrawLink', { params: { id: withdrawn.id } })
  await root.call('issueLink', { params: { id: replaced.id } })
  await email.takeIn()
  expect((await accept(used.token)).status).toBe(200)
  await email.deliverAll()
  expect(server.mails.map(({ recipients }) => recipients[0])).toEqual([replaced.email])

  // From before e-mail was set up.
  const old = await desk.someone('sales', 'Olga')
  await issueLink(desk.db, 'password', old.id)
  await desk.db
    .updateTable('links')
    .set({ created_at: new Date(Date.now() - 3_600_000) })
    .where('person_id', '=', old.id)
    .execute()
  await root.call('editPerson', { params: { id: old.id }, body: { role: 'admin' } })
  await email.takeIn()
  await email.deliverAll()
  expect(server.mails).toHaveLength(1)
})

test('an address that the server refuses is on the list of failures, and its link stays as it is', async () => {
  using email = await steps()
  server.judge = (recipient) => (recipient.startsWith('nobody') ? '550 No such\tperson' : undefined)
  const { id, token } = await invite('Noa', 'nobody@desk.example')
  const other = await invite('Oto')
  await email.takeIn()
  await email.deliverAll()
  expect(server.mails.map(({ recipients }) => recipients[0])).toEqual([other.email])
  const failures = await desk.db.selectFrom('consumer_failures').selectAll().execute()
  expect(failures).toMatchObject([{ consumer: 'email', reason: '550 No such person' }])
  expect([await links(id), (await accept(token)).status]).toEqual([[expect.anything()], 200])
})

test('a greylisted e-mail is sent later, and once', async () => {
  using email = await steps()
  let tries = 0
  server.judge = (_recipient, mail) => {
    if (mail === undefined) return undefined
    tries += 1
    return tries < 3 ? '451 Come back later' : undefined
  }
  const { id } = await invite('Greta')
  await email.takeIn()
  await email.deliverAll()
  await email.deliverAll()
  expect([server.mails.length, tries]).toEqual([0, 2])
  await email.deliverAll()
  await email.deliverAll()
  expect([server.mails.length, tries]).toEqual([1, 3])
  // No token is left of the tries that were refused.
  expect(await links(id)).toHaveLength(2)
})

test('an e-mail that was accepted just before a crash comes again with the same Message-ID, and both work', async () => {
  using email = await steps()
  const { id } = await invite('Cora')
  await email.takeIn()
  await becomeDue(desk.db)
  let writes = 0
  const crash = email.deliverDue(async (work) => {
    // The first transaction begins the attempt, and the second would end it.
    writes += 1
    if (writes > 1) throw new Error('crash')
    return desk.db.transaction().execute(work)
  })
  await expect(crash).rejects.toThrow('crash')
  await email.deliverAll()
  const [first, second, ...more] = server.mails
  expect([more, second?.messageId]).toEqual([[], first?.messageId])
  expect(await links(id)).toHaveLength(3)
  expect((await accept(tokenIn(first as ReceivedMail))).status).toBe(200)
})

test('while the server is away e-mails wait, and a wrong password or certificate loses none', async () => {
  using email = await steps()
  await server.stop()
  await invite('Ada')
  await email.takeIn()
  await email.deliverAll()
  expect(email.lines).toMatchObject([{ consumer: 'email' }])
  await server.start()
  {
    using wrong = createSmtpDisposable(server.url.replace('p%40ss', 'guess'))
    expect(await wrong.smtp.send(anyMail)).toMatchObject({
      kind: 'away',
      reason: expect.stringContaining('535'),
    })
  }
  {
    // The certificate is of another name.
    await using elsewhere = await startSmtpServer('127.0.0.2')
    using other = createSmtpDisposable(elsewhere.url)
    expect(await other.smtp.send(anyMail)).toMatchObject({
      kind: 'away',
      reason: expect.stringContaining('altnames'),
    })
  }
  // Another node tries at once; this one waits a little.
  using next = await steps()
  await next.deliverAll()
  expect(server.mails).toHaveLength(1)
})

const anyMail = {
  to: { name: 'Ada', address: 'ada@desk.example' },
  messageId: '<a@desk.example>',
  subject: 'A',
  text: 'A',
  html: 'A',
}

function createSmtpDisposable(url: string) {
  const { email } = readConfig({ ...settings(), SMTP_URL: url })
  if (email === undefined) throw new Error('e-mail is configured')
  const smtp = createSmtp(email)
  return { smtp, [Symbol.dispose]: smtp.close }
}

test('a whole desk says that an e-mail is on its way, and sends it', async () => {
  const plain = await root.call('issueLink', { params: { id: root.id } })
  expect(plain.body.link).toMatchObject({ emailed: false })
  await using other = await startTestDesk(
    { ...settings(), PUBLIC_URL: 'http://desk.example.org' },
    { consumerBeatMs: 100 },
  )
  const boss = await other.someone('super_admin', 'Boss')
  const cursor = () => other.db.selectFrom('consumers').selectAll().execute()
  await expect.poll(cursor, soon).toHaveLength(1)
  const body = { name: 'Dora', email: 'dora@desk.example', role: 'sales' }
  const answer = await boss.call('invite', { body })
  expect(answer.body.invitation).toMatchObject({ emailed: true })
  await expect.poll(() => server.mails.length, soon).toBe(1)
})
