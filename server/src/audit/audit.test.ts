import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuditEntry, Body, Query, Reply, RouteName } from '@deskbell/contract'
import { auditKinds, limits, paths } from '@deskbell/contract'
import { issuePasswordLinkOnServer } from '../people/issue-password-link.ts'
import { hashPassword } from '../people/secrets.ts'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { serverContext } from './audit-context.ts'
import { sweepAudit } from './sweep-audit.ts'
import { writeFreely } from '../testing/write-freely.ts'

const password = 'sunflower piano seven'
const lines: Record<string, unknown>[] = []

let desk: TestDesk
let root: TestPerson
let ada: TestPerson
let sam: TestPerson
beforeAll(async () => {
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>)
  desk = await startTestDesk({}, { log: pino({ level: 'info' }, { write }) })
  root = await desk.someone('super_admin', 'Root')
  ada = await desk.someone('admin', 'Ada')
  sam = await desk.someone('sales', 'Sam')
})
afterAll(() => desk.stop())

async function entries(query: Query<'audit'> = {}): Promise<AuditEntry[]> {
  const { body } = await root.call('audit', { query: { limit: 100, ...query } })
  return body.items
}

/** The entries recorded while `act` ran, oldest first. */
async function recordedBy(act: () => Promise<unknown>): Promise<AuditEntry[]> {
  const [last] = await entries({ limit: 1 })
  await act()
  return (await entries()).filter(({ id }) => id > (last?.id ?? 0)).toReversed()
}

function short({ kind, actor, subject, details }: AuditEntry) {
  return [kind, actor?.name ?? null, subject?.name ?? null, details]
}

/** Calls a route from a browser without a session. */
async function open<N extends RouteName>(name: N, body: Body<N>, token = '', headers = {}) {
  const [method, pattern] = paths[name]
  const response = await fetch(desk.url + pattern.replace(':token', token), {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Reply<N> }
}

async function withPassword(person: TestPerson): Promise<void> {
  const password_hash = await hashPassword(password)
  await desk.db.updateTable('people').set({ password_hash }).where('id', '=', person.id).execute()
}

const emailOf = ({ id }: TestPerson) => `${id}@desk.example`

async function newComment(by: TestPerson, body: string): Promise<{ id: string; ticketId: string }> {
  const ticket = await by.call('createTicket', { body: { title: 'Printer', description: '' } })
  const ticketId = ticket.body.ticket.id
  const made = await by.call('addComment', { params: { id: ticketId }, body: { body } })
  return { id: made.body.comment.id, ticketId }
}

/** Every row of every table, as text. */
async function everythingStored(): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`.execute(
    desk.db,
  )
  const texts = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await sql<{
        text: string
      }>`select t::text as text from ${sql.table(name)} t`.execute(desk.db)
      return rows.map(({ text }) => text).join('\n')
    }),
  )
  return texts.join('\n')
}

test('a sign-in, a sign-out and a session that another sign-in ends are recorded, with their origin', async () => {
  const cora = await desk.someone('sales', 'Cora')
  const dan = await desk.someone('sales', 'Dan')
  for (const person of [cora, dan]) await withPassword(person)
  const recorded = await recordedBy(async () => {
    const headers = { 'user-agent': `Browser ${'x'.repeat(1000)}`, 'x-forwarded-for': '10.20.0.1' }
    const signIn = (person: TestPerson, cookie: string) =>
      open('signIn', { email: emailOf(person), password }, '', { ...headers, cookie })
    await signIn(dan, cora.cookie)
    await dan.call('signOut')
  })
  expect(recorded.map(short)).toEqual([
    ['signIn.succeeded', 'Dan', 'Dan', {}],
    ['session.ended', 'Dan', 'Cora', { reason: 'replaced', count: 1 }],
    ['session.signedOut', 'Dan', 'Dan', {}],
  ])
  const [signedIn] = recorded
  expect(signedIn).toMatchObject({ via: 'app', address: '10.20.0.1' })
  const stored = desk.db.selectFrom('audit_entries').select('device')
  const { device } = await stored.where('id', '=', signedIn?.id ?? 0).executeTakeFirstOrThrow()
  expect(device).toMatch(/^Browser x{192}$/)
  expect(signedIn?.sessionId).not.toBeNull()
})

test('set-up is recorded', async () => {
  await using fresh = await startTestDesk()
  const token = new URL(fresh.app.setUpUrl ?? '').searchParams.get('token') ?? ''
  const body = { token, name: 'Ruth', email: 'ruth@desk.example', password }
  const response = await fetch(`${fresh.url}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(201)
  const rows = await fresh.db.selectFrom('audit_entries').select('kind').orderBy('id').execute()
  expect(rows.map(({ kind }) => kind)).toEqual(['setUp.done', 'signIn.succeeded'])
})

test('changes of a super admin to an account are recorded: invitation, links, role, sessions, deactivation', async () => {
  let personId = ''
  const recorded = await recordedBy(async () => {
    const body = { email: 'nora@desk.example', name: 'Nora', role: 'sales' } as const
    const invited = await root.call('invite', { body })
    personId = invited.body.person.id
    const params = { id: personId }
    await open('acceptInvitation', { password, name: 'Nora N.' }, invited.body.invitation?.token)
    await root.call('editPerson', { params, body: { role: 'admin' } })
    await root.call('issueLink', { params })
    await root.call('withdrawLink', { params })
    await open('signIn', { email: body.email, password })
    await root.call('endSessions', { params })
    await root.call('issueLink', { params })
    await root.call('editPerson', { params, body: { active: false } })
    await root.call('editPerson', { params, body: { active: true } })
  })
  const nora = 'Nora N.'
  expect(recorded.map(short)).toEqual([
    ['person.invited', 'Root', nora, { role: 'sales' }],
    ['link.issued', 'Root', nora, { link: 'invitation' }],
    ['link.used', nora, nora, { link: 'invitation' }],
    ['password.changed', nora, nora, {}],
    ['settings.changed', nora, nora, { setting: 'name', from: 'Nora', to: nora }],
    ['signIn.succeeded', nora, nora, {}],
    ['person.roleChanged', 'Root', nora, { from: 'sales', to: 'admin' }],
    ['session.ended', 'Root', nora, { reason: 'roleChanged', count: 1 }],
    ['link.issued', 'Root', nora, { link: 'password' }],
    ['link.withdrawn', 'Root', nora, {}],
    ['signIn.succeeded', nora, nora, {}],
    ['session.ended', 'Root', nora, { reason: 'ended', count: 1 }],
    ['link.issued', 'Root', nora, { link: 'password' }],
    ['person.deactivated', 'Root', nora, {}],
    ['link.withdrawn', 'Root', nora, {}],
    ['person.activated', 'Root', nora, {}],
  ])
})

test('changes of people to their own account are recorded, without the password', async () => {
  const eve = await desk.someone('sales', 'Eve')
  await withPassword(eve)
  await desk.again(eve)
  const recorded = await recordedBy(async () => {
    await eve.call('editMe', { body: { name: 'Eva', settings: { theme: 'dark' } } })
    const body = { current: password, password: 'tulip organ eighteen' }
    expect((await eve.call('changePassword', { body })).status).toBe(200)
  })
  expect(recorded.map(short)).toEqual([
    ['settings.changed', 'Eva', 'Eva', { setting: 'name', from: 'Eve', to: 'Eva' }],
    ['settings.changed', 'Eva', 'Eva', { setting: 'theme', from: 'auto', to: 'dark' }],
    ['password.changed', 'Eva', 'Eva', {}],
    ['session.ended', 'Eva', 'Eva', { reason: 'passwordChanged', count: 1 }],
  ])
  expect(JSON.stringify(recorded)).not.toContain('tulip')
})

test('a link made by the command on the server is recorded with that channel', async () => {
  const context = { ...serverContext, via: 'console' } as const
  const [entry] = await recordedBy(() => issuePasswordLinkOnServer(desk.db, context, emailOf(sam)))
  expect(entry).toMatchObject({ kind: 'link.issued', via: 'console', actor: null, address: null })
})

test('a correction of another person’s comment keeps the old text, and the comment names the editor', async () => {
  const { id, ticketId } = await newComment(sam, 'plugh before')
  const params = { id }
  const recorded = await recordedBy(async () => {
    await sam.call('editComment', { params, body: { body: 'plugh by its author' } })
    const edited = await root.call('editComment', { params, body: { body: 'tidy' } })
    expect(edited.body.comment.editedBy).toMatchObject({ id: root.id, name: 'Root' })
  })
  expect(recorded).toMatchObject([
    {
      kind: 'comment.corrected',
      actor: { id: root.id },
      subject: { id: sam.id },
      ticket: { id: ticketId },
      commentId: id,
      text: 'plugh by its author',
    },
  ])
  const again = await sam.call('editComment', { params, body: { body: 'mine again' } })
  expect(again.body.comment.editedBy).toBeNull()
})

test('[LG6] removing a comment removes its text from the audit log, too, and keeps who, when and how long', async () => {
  const { id } = await newComment(sam, 'frotz one')
  const params = { id }
  await root.call('editComment', { params, body: { body: 'frotz two' } })
  await root.call('editComment', { params, body: { body: 'frotz three' } })
  expect((await entries({ kind: 'comment.corrected', person: sam.id }))[0]?.text).toBe('frotz two')

  const recorded = await recordedBy(() => root.call('deleteComment', { params }))
  expect(recorded).toMatchObject([
    {
      kind: 'comment.removed',
      actor: { id: root.id },
      subject: { id: sam.id },
      commentId: id,
      details: { length: 'frotz three'.length, files: 0 },
      text: null,
    },
  ])
  expect(Date.parse(String(recorded[0]?.details['writtenAt']))).not.toBeNaN()
  const corrections = await entries({ kind: 'comment.corrected', person: sam.id })
  expect(corrections.filter((entry) => entry.commentId === id)).toMatchObject([
    { text: null },
    { text: null },
  ])
  expect(await everythingStored()).not.toContain('frotz')
})

test('[LG6] the audit log removes a text also when its author removes the comment', async () => {
  const { id } = await newComment(sam, 'gnusto')
  const params = { id }
  await root.call('editComment', { params, body: { body: 'other' } })
  expect(await everythingStored()).toContain('gnusto')
  expect(await recordedBy(() => sam.call('deleteComment', { params }))).toEqual([])
  expect(await everythingStored()).not.toContain('gnusto')
})

test('removed files and edited tickets of another person are recorded without their text', async () => {
  const { ticketId } = await newComment(sam, 'See')
  const file = await sam.upload(ticketId, { content: 'quux', name: 'quux.txt' })
  const recorded = await recordedBy(async () => {
    await ada.call('deleteAttachment', { params: { id: file.body.attachment.id } })
    const params = { id: ticketId }
    await ada.call('editTicket', { params, body: { title: 'quux', description: 'quux' } })
    await sam.call('editTicket', { params, body: { title: 'Plotter' } })
  })
  expect(recorded.map(short)).toEqual([
    ['attachment.removed', 'Ada', 'Sam', { uploadedAt: expect.any(String), size: 4 }],
    ['ticket.edited', 'Ada', 'Sam', { fields: 'title, description' }],
  ])
  expect(JSON.stringify(recorded)).not.toContain('quux')
})

test('[WR1] a change that is refused, repeated or changes nothing leaves no entry', async () => {
  const params = { id: sam.id }
  const key = crypto.randomUUID()
  const recorded = await recordedBy(async () => {
    const body = { role: 'admin' } as const
    expect((await ada.call('editPerson', { params, body })).status).toBe(403)
    await root.call('editPerson', { params, body, key })
    await root.call('editPerson', { params, body, key })
    await root.call('editPerson', { params, body })
    await root.call('editPerson', { params, body: { role: 'sales' } })
  })
  const roles = recorded.filter(({ kind }) => kind === 'person.roleChanged')
  expect(roles.map(({ details }) => details['to'])).toEqual(['admin', 'sales'])
  sam = await desk.again(sam)
})

test('the database refuses to change or remove an entry, even for the server', async () => {
  const { id } = await newComment(sam, 'kept')
  await root.call('editComment', { params: { id }, body: { body: 'tidy' } })
  for (const statement of [
    sql`update audit_entries set kind = 'nothing'`,
    sql`delete from audit_entries`,
    sql`truncate audit_entries cascade`,
    sql`update audit_texts set text = ''`,
    sql`delete from audit_texts where comment_id = ${id}`,
    sql`truncate audit_texts`,
  ]) {
    await expect(statement.execute(desk.db)).rejects.toMatchObject({ code: '23001' })
  }
  const [entry] = await entries({ kind: 'comment.corrected' })
  expect(entry?.text).toBe('kept')
})

test('entries are deleted after 400 days, with their texts, and not before', async () => {
  await using other = await startTestDesk()
  const reader = await other.someone('super_admin')
  const author = await other.someone('sales')
  const made = await author.call('createTicket', { body: { title: 'Printer', description: '' } })
  const params = { id: made.body.ticket.id }
  const comment = await author.call('addComment', { params, body: { body: 'long ago' } })
  for (const days of [399, 401]) {
    const { rows } = await sql<{ id: number }>`
      insert into audit_entries (at, kind, via) values (now() - ${days} * interval '1 day', 'comment.corrected', 'app')
      returning id`.execute(other.db)
    const entry_id = rows[0]?.id ?? 0
    const comment_id = comment.body.comment.id
    await other.db.insertInto('audit_texts').values({ entry_id, comment_id, text: '' }).execute()
  }
  await writeFreely(other.db)(sweepAudit)
  const { body } = await reader.call('audit')
  expect(body.items).toHaveLength(1)
  expect(await other.db.selectFrom('audit_texts').selectAll().execute()).toHaveLength(1)
})

test('pages continue where the one before ended, by kind and by person, each entry once', async () => {
  const pia = await desk.someone('sales', 'Pia')
  for (const theme of ['dark', 'light', 'dark', 'light', 'dark'] as const) {
    await pia.call('editMe', { body: { settings: { theme } } })
  }
  await root.call('endSessions', { params: { id: pia.id } })
  const read: AuditEntry[] = []
  let after: number | undefined
  do {
    const query = { person: pia.id, limit: 2, ...(after !== undefined && { after }) }
    const { body } = await root.call('audit', { query })
    expect(body.items.length).toBeLessThanOrEqual(2)
    read.push(...body.items)
    after = body.next ?? undefined
  } while (after !== undefined)
  expect(read.map(({ kind }) => kind)).toEqual([
    'session.ended',
    ...Array(5).fill('settings.changed'),
  ])
  expect(await entries({ person: pia.id, kind: 'session.ended' })).toEqual(read.slice(0, 1))
  // The filter by person also finds the actor.
  expect((await entries({ person: root.id }))[0]).toEqual(read[0])
  expect((await root.call('audit', { query: { kind: 'no such' as never } })).status).toBe(400)
})

test('a page has a limit in bytes, and the next one continues there', async () => {
  const lou = await desk.someone('sales', 'Lou')
  const { id } = await newComment(lou, 'short')
  const longest = '字'.repeat(limits.bodyLength - 9)
  const corrections = Math.ceil(limits.pageTextBytes / (3 * longest.length)) + 3
  for (let made = 0; made <= corrections; made += 1) {
    await root.call('editComment', { params: { id }, body: { body: `${longest} ${made}` } })
  }
  const { body } = await root.call('audit', { query: { person: lou.id, limit: 100 } })
  expect(body.items).toHaveLength(Math.floor(limits.pageTextBytes / (3 * longest.length + 2)))
  const rest = await root.call('audit', {
    query: { person: lou.id, limit: 100, after: body.next ?? 0 },
  })
  const kept = [...body.items, ...rest.body.items].flatMap(({ text }) =>
    text === null ? [] : [text.split(' ')[1]],
  )
  expect(kept.map(Number)).toEqual(
    Array.from({ length: corrections }, (_, index) => corrections - 1 - index).concat(NaN),
  )
  expect(rest.body.next).toBeNull()
})

test("each entry is a line of the server's log, with its kind in one field, and without people's texts", async () => {
  const { id } = await newComment(sam, 'xyzzy')
  lines.length = 0
  await root.call('editComment', { params: { id }, body: { body: 'xyzzy two' } })
  expect(lines).toMatchObject([
    {
      level: 30,
      security: 'comment.corrected',
      actor: { id: root.id },
      subjectId: sam.id,
      msg: auditKinds['comment.corrected'],
    },
  ])
  expect(JSON.stringify(lines)).not.toContain('xyzzy')
})
