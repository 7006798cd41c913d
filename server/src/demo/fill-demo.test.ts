import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serverContext } from '../audit/audit-context.ts'
import { createTestDatabase } from '../testing/index.ts'
import type { TestDatabase } from '../testing/index.ts'
import { unqueuedPasswords } from '../people/secrets.ts'
import { signIn } from '../people/sign-in.ts'
import { setUp, issueSetUpLink } from '../people/set-up.ts'
import { fillDemo } from './fill-demo.ts'
import type { DemoAccount } from './fill-demo.ts'
import { planDemo } from './plan.ts'
import { stories } from './stories.ts'
import { createRandom } from './random.ts'
import { createWording } from './wording.ts'

const log = pino({ level: 'silent' })
const now = Date.parse('2026-05-20T15:30:00Z')
const tickets = 60

let database: TestDatabase
let dataDir: string
let accounts: DemoAccount[] | undefined

beforeAll(async () => {
  database = await createTestDatabase()
  dataDir = await mkdtemp(path.join(tmpdir(), 'deskbell-demo-'))
  accounts = await fillDemo({ connection: database.listen, dataDir, log, now, tickets })
})

afterAll(async () => {
  await database.close()
  await rm(dataDir, { recursive: true, force: true })
})

async function count(condition: string): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*) as n from ${sql.raw(condition)}`.execute(database.db)
  return rows[0]?.n ?? -1
}

test('a demo is a company of twelve, and each of them can sign in with their own password', async () => {
  expect(accounts).toHaveLength(12)
  expect(new Set(accounts?.map(({ password }) => password)).size).toBe(12)
  for (const { email, password } of accounts ?? []) {
    expect(
      (await signIn(database.db, serverContext, unqueuedPasswords, email, password)).token,
    ).not.toBe('')
  }
})

test('its tickets are from the last 90 days, and nothing happened before it could', async () => {
  expect(await count('tickets')).toBe(tickets)
  const from = new Date(now - 90 * 24 * 3_600_000).toISOString()
  const until = new Date(now).toISOString()
  expect(await count(`tickets where created_at < '${from}' or staff_updated_at > '${until}'`)).toBe(
    0,
  )
  expect(
    await count('tickets where updated_at < created_at or staff_updated_at < updated_at'),
  ).toBe(0)
  expect(await count('tickets where staff_version < version')).toBe(0)
  expect(
    await count(
      'comments c join tickets t on t.id = c.ticket_id where c.created_at <= t.created_at',
    ),
  ).toBe(0)
  expect(
    await count(
      'attachments f join tickets t on t.id = f.ticket_id where f.created_at < t.created_at',
    ),
  ).toBe(0)
})

test('its history is in order of time, and agrees with the tickets', async () => {
  const outOfOrder = `(select at < lag(at) over (order by seq) as wrong from timeline) lines where wrong`
  expect(await count(outOfOrder)).toBe(0)
  expect(
    await count(`tickets t where staff_updated_at <> (select max(at) from timeline l where l.ticket_id = t.id)
      and not exists (select from attachments f where f.ticket_id = t.id)`),
  ).toBe(0)
  expect(
    await count(
      'tickets t where staff_comment_count <> (select count(*) from comments c where c.ticket_id = t.id)',
    ),
  ).toBe(0)
  expect(
    await count(`tickets t where status::text <> coalesce((select data ->> 'new' from timeline l
      where l.ticket_id = t.id and kind = 'status' order by seq desc limit 1), 'open')`),
  ).toBe(0)
})

test('most of its tickets have tags, some of them internal', async () => {
  const tagged = await count('(select distinct ticket_id from ticket_tags) t')
  expect(tagged).toBeGreaterThan(tickets / 2)
  expect(
    await count('ticket_tags x join tags g on g.id = x.tag_id where g.internal'),
  ).toBeGreaterThan(0)
})

test('its log is dense, and has only the last seven days', async () => {
  const dense = `log where head - floor <> (select count(*) from events where seq > floor)`
  expect(await count(dense)).toBe(0)
  expect(await count('events e, log where e.seq <= log.floor')).toBe(0)
})

test('its files have the types that their names say', async () => {
  const { rows } = await sql<{ ending: string; type: string }>`
    select distinct substring(name from '[a-z]+$') as ending, type from attachments`.execute(
    database.db,
  )
  const types = new Map(rows.map(({ ending, type }) => [ending, type]))
  expect(types.get('png')).toBe('image/png')
  expect(types.get('pdf')).toBe('application/pdf')
  expect(types.get('csv')).toBe('text/plain')
  const stored = await readdir(path.join(dataDir, 'files'), {
    recursive: true,
    withFileTypes: true,
  })
  expect(stored.filter((entry) => entry.isFile())).toHaveLength(await count('attachments'))
})

test('everyone has something unseen, and no one has everything unseen', async () => {
  const staff = `people p where role <> 'sales' and (
    select count(*) from tickets t left join seen s on s.ticket_id = t.id and s.person_id = p.id
    where coalesce(s.seq, 0) < t.staff_version) between 1 and ${tickets - 1}`
  expect(await count(staff)).toBe(6)
})

test('a demo that exists stays as it is after another start', async () => {
  const again = await fillDemo({ connection: database.listen, dataDir, log, now, tickets })
  expect(again).toBeUndefined()
  expect(await count('tickets')).toBe(tickets)
})

test('a database that is in use is refused', async () => {
  await using used = await createTestDatabase()
  const link = await issueSetUpLink(used.db)
  const someone = { name: 'Someone', email: 'someone@desk.example', password: 'a good long one' }
  await setUp(used.db, serverContext, unqueuedPasswords, { token: link?.token ?? '', ...someone })
  await expect(fillDemo({ connection: used.listen, dataDir, log })).rejects.toThrow(
    'the demo mixes with nothing',
  )
})

test('the same seed gives the same plan, with different titles', () => {
  const options = { now, days: 90, tickets: 300, seed: 1 }
  const acts = planDemo(options)
  expect(planDemo(options)).toEqual(acts)
  const titles = acts.flatMap((act) => (act.kind === 'create' ? [act.title] : []))
  expect(titles).toHaveLength(300)
  expect(new Set(titles).size).toBeGreaterThan(290)
  expect(titles.filter((title) => title.length > 200)).toEqual([])
})

test('every slot that a story names has a value', () => {
  const known = { month: 'May', 'next month': 'July', colleague: 'Someone' }
  for (const { title, body, slots, steps } of stories) {
    const wording = createWording(createRandom(1), slots ?? {}, known)
    const said = steps.flatMap((step) => (step.kind === 'say' ? [step.text] : []))
    for (const text of [title, body, ...said]) expect(wording.say(text)).not.toMatch(/[{}]/)
  }
})
