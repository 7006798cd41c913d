import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Body, RouteName } from '@deskbell/contract'
import { paths } from '@deskbell/contract'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk } from '../testing/index.ts'

/** Secrets that only the person may have: typed in, or shown once. */
const secrets = new Set<string>()
const lines: string[] = []

let desk: TestDesk
beforeAll(async () => {
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  desk = await startTestDesk({}, { log })
})
afterAll(() => desk.stop())

function secret(text: string): string {
  secrets.add(text)
  return text
}

/** Calls a route as the first browser, which keeps its cookie. */
let cookie = ''
async function call<N extends RouteName>(name: N, body?: Body<N>, params: object = {}) {
  const [method, pattern] = paths[name]
  const path = Object.entries(params).reduce(
    (filled, [key, value]) => filled.replace(`:${key}`, String(value)),
    pattern as string,
  )
  const response = await fetch(desk.url + path, {
    method,
    headers: {
      cookie,
      'idempotency-key': randomUUID(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const [set] = response.headers.getSetCookie()
  const token = /^deskbell=([^;]+)/.exec(set ?? '')?.[1]
  if (token !== undefined) cookie = `deskbell=${secret(token)}`
  const text = await response.text()
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Issued) }
}

interface Issued {
  code?: string
  person?: { id: string }
  invitation?: { token: string }
  link?: { token: string }
}

/** All rows of all tables as text, also their binary columns. */
async function dump(): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`.execute(
    desk.db,
  )
  const texts = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await sql<{
        row: string
      }>`select t::text as row from ${sql.table(name)} t`.execute(desk.db)
      return rows.map(({ row }) => row).join('\n')
    }),
  )
  return texts.join('\n')
}

test('passwords and tokens are in no log and no table, and neither is a fast hash of a password', async () => {
  const token = secret(new URL(desk.app.setUpUrl ?? '').searchParams.get('token') ?? '')
  const password = secret(`password ${randomUUID()}`)
  const next = secret(`password ${randomUUID()}`)
  const wrong = secret(`guess ${randomUUID()}`)
  const email = 'root@desk.example'
  expect((await call('setUp', { token: wrong, name: 'Root', email, password })).status).toBe(404)
  expect((await call('setUp', { token, name: 'Root', email, password })).status).toBe(201)
  expect((await call('signIn', { email, password: wrong })).status).toBe(401)
  expect((await call('signIn', { email, password })).status).toBe(200)
  expect((await call('changePassword', { current: wrong, password: next })).status).toBe(403)
  expect((await call('changePassword', { current: password, password: next })).status).toBe(200)

  const invited = await call('invite', { email: 'ina@desk.example', name: 'Ina', role: 'sales' })
  secret(invited.body.invitation?.token ?? '')
  const link = await call('issueLink', undefined, { id: invited.body.person?.id })
  const linkToken = secret(link.body.link?.token ?? '')
  expect((await call('invitation', undefined, { token: linkToken })).status).toBe(200)
  expect((await call('invitation', undefined, { token: wrong })).status).toBe(404)
  const theirs = secret(`password ${randomUUID()}`)
  expect((await call('acceptInvitation', { password: theirs }, { token: linkToken })).status).toBe(
    200,
  )

  for (const cookies of [cookie, `deskbell=${secret(randomUUID())}`]) {
    const query = 'EIO=4&transport=polling'
    await fetch(`${desk.url}/socket.io/?${query}`, { headers: { cookie: cookies } })
  }
  // A bug is logged with everything that it knows.
  await sql`alter table links rename to links_away`.execute(desk.db)
  const failed = await call('acceptInvitation', { password: theirs }, { token: linkToken })
  await sql`alter table links_away rename to links`.execute(desk.db)
  expect([failed.status, failed.body.code]).toEqual([500, 'internal'])

  const logged = lines.join('')
  const stored = await dump()
  expect(logged).toContain('socket refused')
  expect(logged).toContain('links')
  expect(stored).toContain(email)
  expect(secrets.size).toBeGreaterThan(8)
  for (const text of secrets) {
    expect(text.length).toBeGreaterThan(20)
    expect(logged).not.toContain(text)
    expect(stored).not.toContain(text)
  }
  for (const text of [password, next, theirs, wrong]) {
    for (const algorithm of ['md5', 'sha1', 'sha256', 'sha512']) {
      const digest = createHash(algorithm).update(text).digest()
      expect(stored).not.toContain(digest.toString('hex'))
      expect(stored).not.toContain(digest.toString('base64'))
    }
  }
})

test('a bug reveals nothing of itself to the caller', async () => {
  const person = await desk.someone('admin')
  await sql`alter table watchers rename to watchers_away`.execute(desk.db)
  const answers = [
    await person.call('tickets'),
    await person.call('createTicket', { body: { title: 'Printer', description: '' } }),
  ]
  await sql`alter table watchers_away rename to watchers`.execute(desk.db)
  const failed = answers.filter(({ status }) => status === 500)
  expect(failed.length).toBeGreaterThan(0)
  for (const { body } of failed) {
    const { requestId, ...rest } = body
    expect(rest).toEqual({
      code: 'internal',
      message: 'Something went wrong on our side. Please try again.',
    })
    expect(lines.some((line) => line.includes(requestId ?? '-') && line.includes('watchers'))).toBe(
      true,
    )
  }
})
