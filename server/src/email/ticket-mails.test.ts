import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { consumerSteps } from '../testing/consumer-steps.ts'
import type { ConsumerSteps } from '../testing/consumer-steps.ts'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { startSmtpServer } from '../testing/smtp-server.ts'
import type { ReceivedMail, TestSmtpServer } from '../testing/smtp-server.ts'
import { unsubscribeTokens } from '../testing/unsubscribe-token.ts'
import { createEmailConsumer } from './email-consumer.ts'
import { createSmtp } from './smtp.ts'
import type { Smtp } from './smtp.ts'

const publicUrl = 'https://desk.example.org'

let desk: TestDesk
let server: TestSmtpServer
let smtp: Smtp
let email: ConsumerSteps
let root: TestPerson
let ada: TestPerson
let ben: TestPerson
let sam: TestPerson
beforeAll(async () => {
  desk = await startTestDesk()
  server = await startSmtpServer()
  const config = readConfig({
    SMTP_URL: server.url,
    MAIL_FROM: 'Help desk <desk@desk.example>',
    PUBLIC_URL: publicUrl,
  }).email
  if (config === undefined) throw new Error('e-mail is configured')
  smtp = createSmtp(config)
  email = await steps()
  root = await desk.someone('super_admin', 'Root')
  ada = await desk.someone('admin', 'Ada')
  ben = await desk.someone('admin', 'Ben')
  sam = await desk.someone('sales', 'Sam')
})
afterAll(async () => {
  smtp.close()
  await server.stop()
  await desk.stop()
})
beforeEach(async () => {
  await sendAll()
  server.mails.length = 0
})

async function steps(gatherMs?: number): Promise<ConsumerSteps> {
  const tokens = await unsubscribeTokens(desk.db)
  const parts = { db: desk.db, smtp, publicUrl, tokens, gatherMs }
  return consumerSteps(desk.db, createEmailConsumer(parts))
}

/** Sends everything, as if it had waited long enough. */
async function sendAll(): Promise<void> {
  await email.takeIn()
  await email.deliverAll()
  expect(email.bugs).toEqual([])
}

let made = 0
async function newTicket(by = sam) {
  made += 1
  const title = `Printer ${made}`
  const { body } = await by.call('createTicket', { body: { title, description: '' } })
  const { id, number } = body.ticket
  return { id, number, title, params: { id } }
}

async function write(by: TestPerson, ticketId: string, body: string, internal = false) {
  const answer = await by.call('addComment', { params: { id: ticketId }, body: { body, internal } })
  expect(answer.status).toBe(201)
  return answer.body.comment.id
}

const mention = ({ id, name }: TestPerson) => `@[${name}](person:${id})`
const receivers = () => server.mails.flatMap(({ recipients }) => recipients).toSorted()
const addressOf = ({ id }: TestPerson) => `${id}@desk.example`

function only(): ReceivedMail {
  const [mail, ...more] = server.mails
  if (mail === undefined || more.length > 0) throw new Error(`${server.mails.length} e-mails`)
  return mail
}

/** The address for one click, as a mail program reads it from the headers. */
function oneClick(mail: ReceivedMail): string {
  expect(mail.headers.get('list')).toMatchObject({
    'unsubscribe-post': { name: 'List-Unsubscribe=One-Click' },
  })
  const list = mail.headers.get('list') as { unsubscribe: { url: string } } | undefined
  return (list?.unsubscribe.url ?? '').replace(publicUrl, desk.url)
}

test('what nobody saw in time comes as one e-mail a person and ticket, in one thread, with a link to the ticket', async () => {
  const waiting = await steps()
  const ticket = await newTicket()
  await write(ada, ticket.id, 'First **answer**')
  await write(ben, ticket.id, `Second, for ${mention(ada)}`)
  await waiting.takeIn()
  await waiting.deliverDue()
  expect(server.mails).toEqual([])
  await sendAll()
  expect(receivers()).toEqual([addressOf(ada), addressOf(sam)].toSorted())
  const mail = server.mails.find(({ recipients }) => recipients[0] === addressOf(sam))
  if (mail === undefined) throw new Error('no e-mail to Sam')
  expect(mail).toMatchObject({
    isEncrypted: true,
    subject: `[#${ticket.number}] ${ticket.title}`,
    from: { text: '"Help desk" <desk@desk.example>' },
    references: mail.inReplyTo,
  })
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
  for (const text of [mail.text, mail.html || '']) {
    expect(text).toContain('First **answer**')
    expect(text).toContain('Second, for @Ada')
    expect(text).toContain(`${publicUrl}/tickets/${ticket.number}`)
  }

  server.mails.length = 0
  await write(ada, ticket.id, 'Third')
  await sendAll()
  const next = server.mails.find(({ recipients }) => recipients[0] === addressOf(sam))
  expect(next).toMatchObject({ subject: mail.subject, inReplyTo: mail.inReplyTo })
  expect(next?.messageId).not.toBe(mail.messageId)
})

test('an assignment is told, and what one does oneself is not', async () => {
  const ticket = await newTicket(ada)
  await ada.call('editTicket', { params: ticket.params, body: { assigneeId: ben.id } })
  await sendAll()
  expect(only()).toMatchObject({ recipients: [addressOf(ben)] })
  expect(only().text).toContain('Ada assigned the ticket to you.')
})

/** What makes an e-mail about a reply of Ada's to Sam superfluous, or one that he must not get. */
const superseded: Record<string, (ticketId: string, commentId: string) => Promise<unknown>> = {
  'he has seen it': async (id) => {
    const { body } = await sam.call('ticket', { params: { ref: id } })
    return sam.call('markSeen', { params: { id }, body: { seq: body.ticket.version } })
  },
  'he is done with it': async (ticketId) => {
    const { body } = await sam.call('ticket', { params: { ref: ticketId } })
    const doneUpTo = body.ticket.version
    return sam.call('editNotification', { params: { ticketId }, body: { doneUpTo } })
  },
  'he muted the ticket': (ticketId) =>
    sam.call('editNotification', { params: { ticketId }, body: { muted: true } }),
  'he snoozed the ticket': (ticketId) => {
    const snoozedUntil = new Date(Date.now() + 3_600_000).toISOString()
    return sam.call('editNotification', { params: { ticketId }, body: { snoozedUntil } })
  },
  'it was removed': (_ticketId, id) => root.call('deleteComment', { params: { id } }),
  'he may not see the ticket any more': (ticketId) =>
    sql`with gone as (delete from watchers where ticket_id = ${ticketId})
      update tickets set creator_id = ${ada.id} where id = ${ticketId}`.execute(desk.db),
  'he wants no e-mails of replies': () =>
    sam.call('editNotificationSettings', {
      body: { email: { mentioned: true, assigned: true, reply: false } },
    }),
  'he is deactivated': () =>
    desk.db.updateTable('people').set({ active: false }).where('id', '=', sam.id).execute(),
}

test.for(Object.keys(superseded))('an e-mail is not sent when meanwhile %s', async (what) => {
  const ticket = await newTicket()
  const commentId = await write(ada, ticket.id, 'An answer')
  await email.takeIn()
  await superseded[what]?.(ticket.id, commentId)
  await email.deliverAll()
  expect(receivers()).toEqual([])
  expect(await desk.db.selectFrom('deliveries').select('id').execute()).toEqual([])

  await desk.db.updateTable('people').set({ active: true }).where('id', '=', sam.id).execute()
  await desk.db.deleteFrom('email_opt_outs').execute()
  const other = await newTicket()
  await write(ada, other.id, 'Another answer')
  await sendAll()
  expect(receivers()).toEqual([addressOf(sam)])
})

test('the text of a note is in e-mails only where the desk allows it, and never in those of requesters', async () => {
  const ticket = await newTicket()
  await write(ada, ticket.id, `A secret for ${mention(ben)}`, true)
  await sendAll()
  expect(only()).toMatchObject({ recipients: [addressOf(ben)] })
  expect(only().text).toContain('Ada mentioned you in an internal note.')
  expect(`${only().text} ${only().html || ''}`).not.toContain('secret')

  await root.call('editDeskSettings', { body: { emailNotes: true } })
  server.mails.length = 0
  await write(ada, ticket.id, `Another secret for ${mention(ben)}`, true)
  await email.takeIn()
  // Ben is no longer one of the staff.
  await desk.db.updateTable('people').set({ role: 'sales' }).where('id', '=', ben.id).execute()
  await email.deliverAll()
  expect(server.mails).toEqual([])
  await desk.db.updateTable('people').set({ role: 'admin' }).where('id', '=', ben.id).execute()
  await write(ada, ticket.id, `A third one for ${mention(ben)}`, true)
  await sendAll()
  expect(only().text).toContain('> A third one for @Ben')
  await root.call('editDeskSettings', { body: { emailNotes: false } })
})

test('names, titles and texts cannot add headers or HTML', async () => {
  const hostile =
    'A\r\nBcc: all@desk.example\r\n\r\n<script>alert(1)</script>"\'\u202e ünï العربية \u2066'
  const ticket = await newTicket()
  const body = `<img src=x onerror=alert(1)> [a](javascript:alert(1)) </blockquote><b>${hostile}`
  await write(ada, ticket.id, body.replaceAll('\r', ''))
  await desk.db.updateTable('tickets').set({ title: hostile }).where('id', '=', ticket.id).execute()
  await desk.db.updateTable('people').set({ name: hostile }).where('id', '=', ada.id).execute()
  await desk.db
    .updateTable('people')
    .set({ name: `${hostile} too` })
    .where('id', '=', sam.id)
    .execute()
  await sendAll()
  const mail = only()
  await desk.db.updateTable('people').set({ name: 'Ada' }).where('id', '=', ada.id).execute()
  await desk.db.updateTable('people').set({ name: 'Sam' }).where('id', '=', sam.id).execute()
  expect(mail.recipients).toEqual([addressOf(sam)])
  expect([mail.bcc, mail.cc, mail.headers.get('bcc')]).toEqual([undefined, undefined, undefined])
  expect(mail.subject).toBe(
    `[#${ticket.number}] A Bcc: all@desk.example <script>alert(1)</script>"'  ünï العربية`,
  )
  const html = mail.html || ''
  expect(html).not.toMatch(/<script|<img|<b>|onerror=alert\(1\)>|href="javascript/)
  expect(html.match(/<\/blockquote>/g)).toHaveLength(1)
  const links = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, url = '']) => url)
  expect(links.filter((url) => !url.startsWith(`${publicUrl}/`))).toEqual([])
})

test('one POST, as RFC 8058 has it, without a session stops the e-mails of one reason, and looking at the page does not', async () => {
  const ticket = await newTicket()
  await write(ada, ticket.id, 'An answer')
  await sendAll()
  const url = oneClick(only())
  const page = await fetch(url)
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  const text = await page.text()
  expect(text).toContain('<form method="post">')
  expect(text).not.toContain('Sam')
  expect((await sam.call('notificationSettings')).body.email.reply).toBe(true)

  for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const headers = { 'content-type': type }
    const answer = await fetch(url, { method: 'POST', headers, body: 'List-Unsubscribe=One-Click' })
    expect(answer.status).toBe(200)
  }
  expect((await sam.call('notificationSettings')).body).toMatchObject({
    email: { mentioned: true, assigned: true, reply: false },
    sendsEmail: false,
  })
  expect((await ada.call('notificationSettings')).body.email.reply).toBe(true)

  server.mails.length = 0
  await write(ada, ticket.id, 'Another answer')
  await sendAll()
  expect(server.mails).toEqual([])
  await write(ada, ticket.id, `For you, ${mention(sam)}`)
  await sendAll()
  expect(only().text).toContain('Ada mentioned you in a reply')
  await sam.call('editNotificationSettings', {
    body: { email: { mentioned: true, assigned: true, reply: true } },
  })
  server.mails.length = 0
  await write(ada, ticket.id, 'A last answer')
  await sendAll()
  expect(receivers()).toEqual([addressOf(sam)])

  const other = url.replace('.reply.', '.mentioned.')
  expect((await fetch(other, { method: 'POST' })).status).toBe(404)
  // A form of another site does not have the token, and another site may not send one that it guesses.
  const headers = { origin: 'https://evil.example' }
  expect((await fetch(url, { method: 'POST', headers })).status).toBe(403)
})

test('an e-mail that was accepted just before a crash comes again with the same Message-ID and the same news', async () => {
  const ticket = await newTicket()
  await write(ada, ticket.id, 'An answer')
  await email.takeIn()
  await sql`update deliveries set due_at = now() - interval '1 second'`.execute(desk.db)
  let writes = 0
  const crash = email.deliverDue(async (work) => {
    writes += 1
    if (writes > 1) throw new Error('crash')
    return desk.db.transaction().execute(work)
  })
  await expect(crash).rejects.toThrow('crash')
  // What happens meanwhile is another e-mail.
  await write(ada, ticket.id, 'More')
  await sendAll()
  const [first, ...others] = server.mails
  const again = others.find(({ messageId }) => messageId === first?.messageId)
  expect([again?.text, others.length]).toEqual([first?.text, 2])
})

test('what happened more than three days ago is told to nobody', async () => {
  const ticket = await newTicket()
  await write(ada, ticket.id, 'An answer')
  await sql`update events set at = at - interval '73 hours'`.execute(desk.db)
  await sendAll()
  expect(server.mails).toEqual([])
})

test('super admins see what waits, what the mail server refused, and why', async () => {
  server.judge = (recipient) => (recipient === addressOf(sam) ? '550 No such person' : undefined)
  const ticket = await newTicket()
  await write(ada, ticket.id, 'An answer')
  await sendAll()
  server.judge = () => undefined
  await write(ada, ticket.id, 'Another answer')
  await email.takeIn()
  expect((await root.call('emailState')).body).toMatchObject({
    missing: ['SMTP_URL', 'MAIL_FROM', 'PUBLIC_URL'],
    waiting: 1,
    problem: null,
    failures: [{ reason: '550 No such person', person: { name: 'Sam' }, ticket: ticket.number }],
  })
})
