import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../database/migrate.ts'
import { createTestDatabase, startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { migrateUntil } from '../testing/migrate-until.ts'
import { refusalOf } from '../testing/refusal-of.ts'

let desk: TestDesk
let root: TestPerson
beforeAll(async () => {
  desk = await startTestDesk()
  root = await desk.someone('super_admin', 'Root')
  await desk.someone('sales', 'Ana Sílva')
})
afterAll(() => desk.stop())

function invite(name: string, email = `${crypto.randomUUID()}@desk.example`) {
  return root.call('invite', { body: { name, email, role: 'sales' } })
}

const alike = [
  'Ana Sílva',
  'ana silva',
  'ANA SILVA',
  'Ana Si\u0301lva',
  ' Ana\u00a0 \u3000Silva ',
  'Ana\u2800Silva',
  'Ana Sil\u200bva',
  'Ana \u200d\u2060Silva\u00ad',
  'Ａｎａ Silva',
  'Ana\u{e0001} Silva',
  'Ana Silva\u{e0020}\u{e007f}',
  'Ana\u{e0100} Silva\u17b4',
  'Ana\u{1d173} \u{1bca0}Silva',
  'Ana\u{1d159} Silva',
]

test.for(alike)('%j cannot be the name of another person', async (name) => {
  expect(refusalOf(await invite(name))).toBe('person.nameTaken')
  const sam = await desk.someone('sales')
  expect(refusalOf(await sam.call('editMe', { body: { name } }))).toBe('person.nameTaken')
})

test('no ignorable character of Unicode makes a name different', async () => {
  const every = Array.from({ length: 0x110000 }, (_, code) => code)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code))
    .filter((character) => /\p{Default_Ignorable_Code_Point}/u.test(character))
  const { rows } = await sql<{ name: string }>`
    select name from unnest(${every.map((character) => `Ana${character}`)}::text[]) as name
    where name_key(name) <> name_key('Ana')`.execute(desk.db)
  expect(rows).toEqual([])
})

test('one more word makes a name different, and people may keep their own name', async () => {
  const { status, body } = await invite('Ana Silva (Porto)')
  expect(status).toBe(201)
  const token = body.invitation?.token ?? ''
  const browser = await desk.someone('sales')
  const accept = (name: string) =>
    browser.call('acceptInvitation', {
      params: { token },
      body: { name, password: 'nine plums in a row' },
    })
  expect(refusalOf(await accept('Ana Silva'))).toBe('person.nameTaken')
  // The refusal did not use up the link.
  expect((await accept('Ana Silva  (PORTO)')).body.me.name).toBe('Ana Silva  (PORTO)')
  const own = await desk.someone('sales', 'Zoë')
  expect((await own.call('editMe', { body: { name: 'ZOE' } })).status).toBe(200)
})

test('a person who has left keeps their name, and an existing address gets its own error', async () => {
  const gone = await desk.someone('sales', 'Gone')
  await root.call('editPerson', { params: { id: gone.id }, body: { active: false } })
  expect(refusalOf(await invite('Gone'))).toBe('person.nameTaken')
  expect(refusalOf(await invite('Gone', `${gone.id}@desk.example`))).toBe('person.exists')
  expect(refusalOf(await invite('Another', `${gone.id}@desk.example`))).toBe('person.exists')
})

test('of many requests for one name at once, one gets it', async () => {
  const people = await Promise.all(Array.from({ length: 6 }, () => desk.someone('sales')))
  const answers = await Promise.all([
    ...people.map((person) => person.call('editMe', { body: { name: 'Kim' } })),
    ...['KIM', 'kim', 'Kïm'].map((name) => invite(name)),
  ])
  const refused = answers.filter(({ status }) => status >= 300)
  expect(refused.map(refusalOf)).toEqual(Array(8).fill('person.nameTaken'))
})

type TestDatabase = Awaited<ReturnType<typeof createTestDatabase>>

async function insertPeople({ pool }: TestDatabase, names: string[]): Promise<void> {
  for (const [index, name] of names.entries()) {
    await pool.query(
      `insert into people (id, name, email, role, created_at)
       values (gen_random_uuid(), $1, $2, 'admin', now() + $3 * interval '1 second')`,
      [name, `p${index}@desk.example`, index],
    )
  }
}

test('people who had one name before the rule get different names, and clients get the events', async () => {
  await using database = await createTestDatabase()
  const { pool } = database
  await migrateUntil(database, '0015_clear_words.sql')
  const called = ['Ana', 'Ben', 'ana', 'Ana (2)', 'Án\u202ea', '\u2800', 'Ben\u0007']
  await insertPeople(database, called)
  await pool.query(`insert into tickets (id, title, description, creator_id)
    select gen_random_uuid(), e'open \\u202egnp.exe', e'\\u2067a\\u2069', id from people where name = 'Ana'`)
  await migrate(database.listen)

  const { rows } = await pool.query<{ name: string }>('select name from people order by created_at')
  const after = ['Ana', 'Ben', 'ana (3)', 'Ana (2)', 'Ána (4)', 'Nameless', 'Ben (2)']
  expect(rows.map(({ name }) => name)).toEqual(after)
  const events = await pool.query<{ name: string; data: { person?: { name: string } } }>(
    'select name, data from events order by seq',
  )
  expect(events.rows.flatMap(({ data }) => data.person?.name ?? [])).toEqual([
    'ana (3)',
    'Ána (4)',
    'Nameless',
    'Ben (2)',
  ])
  expect(events.rows.map(({ name }) => name)).toEqual(
    Array.from({ length: 4 }, () => ['person:changed', 'person:accountChanged']).flat(),
  )
  const tickets = await pool.query('select title, description from tickets')
  expect(tickets.rows).toEqual([{ title: 'open gnp.exe', description: 'a' }])
})

test('people whose names differed only by ignorable characters get different names, too', async () => {
  await using database = await createTestDatabase()
  await migrateUntil(database, '0018_name_key.sql')
  await insertPeople(database, ['Ana', 'An\u{e0001}a', 'Ana (2)', 'Ben'])
  await migrate(database.listen)

  const { rows } = await database.pool.query('select name from people order by created_at')
  expect(rows.map(({ name }) => name)).toEqual(['Ana', 'An\u{e0001}a (3)', 'Ana (2)', 'Ben'])
  const events = await database.pool.query('select name from events order by seq')
  expect(events.rows.map(({ name }) => name)).toEqual(['person:changed', 'person:accountChanged'])
})
