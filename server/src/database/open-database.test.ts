import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type pg from 'pg'
import { pino } from 'pino'
import { expect, inject, test } from 'vitest'
import { createTestDatabase } from '../testing/index.ts'
import { createDatabase, dropDatabase } from '../testing/test-server.ts'
import { urlOf } from '../testing/url-of.ts'
import { connectDatabase, openDatabase } from './open-database.ts'
import { refuseUnsupportedVersion } from './supported-version.ts'

const log = pino({ level: 'silent' })

function at(connection: pg.PoolConfig) {
  return { databaseUrl: urlOf(connection), dataDir: '/nowhere' }
}

test('values come back in the form of the contract', async () => {
  await using database = await createTestDatabase()

  const { rows } = await database.pool.query(`
    select
      '2026-11-22 22:00:00.123456+01'::timestamptz as fine,
      '2026-11-22 21:00:00+00'::timestamptz as whole,
      '2026-11-22 21:00:00.5+00'::timestamptz as half,
      array['2026-11-22 21:00:00+00'::timestamptz, null] as several,
      '2026-11-22'::date as day,
      9007199254740991 as big,
      array[1::bigint, null] as numbers,
      (select sum(n) from generate_series(1, 4) as n) as total,
      null::timestamptz as never`)

  expect(rows).toEqual([
    {
      fine: '2026-11-22T21:00:00.123Z',
      whole: '2026-11-22T21:00:00.000Z',
      half: '2026-11-22T21:00:00.500Z',
      several: ['2026-11-22T21:00:00.000Z', null],
      day: '2026-11-22',
      big: 9_007_199_254_740_991,
      numbers: [1, null],
      total: 10,
      never: null,
    },
  ])
})

test.each(['Asia/Kolkata', 'America/St_Johns', 'UTC'])(
  'a timestamp means the same in a session in %s',
  async (zone) => {
    await using database = await createTestDatabase()
    const client = await database.pool.connect()

    await client.query(`set timezone = '${zone}'`)
    const { rows } = await client.query("select '2026-11-22 21:00:00.25+00'::timestamptz as at")
    client.release()

    expect(rows).toEqual([{ at: '2026-11-22T21:00:00.250Z' }])
  },
)

test('a bigint too large for a number is an error, not another number', async () => {
  await using database = await createTestDatabase()

  await expect(database.pool.query('select 9007199254740993')).rejects.toThrow(/too large/)
})

test('a query is parsed once per connection, whatever its values', async () => {
  await using database = await createTestDatabase()

  const answers = await database.db.connection().execute(async (db) => {
    for (const n of [1, 2, 3]) await sql`select ${n}::int as n`.execute(db)
    return sql`
      select statement, (generic_plans + custom_plans)::int as used
      from pg_prepared_statements where statement like 'select $1%'`.execute(db)
  })

  expect(answers.rows).toEqual([{ statement: 'select $1::int as n', used: 3 }])
})

test('a connection with too many statements is replaced', async () => {
  await using database = await createTestDatabase()
  const held = () => sql<{ n: number }>`select count(*) as n from pg_prepared_statements`

  for (let i = 0; i < 500; i += 1) await sql`select ${sql.lit(i)}`.execute(database.db)
  const { rows } = await held().execute(database.db)

  expect(rows[0]?.n).toBeLessThan(250)
})

test('a query whose table has changed fails once at most', async () => {
  await using database = await createTestDatabase()
  await database.pool.query('create table things as select 1 as a')
  const things = () => sql`select * from things`.execute(database.db)
  await things()

  await database.pool.query('alter table things add column b int')
  await things().catch(() => undefined)

  expect((await things()).rows).toEqual([{ a: 1, b: null }])
})

test('no request can hold a lock or a processor for long', async () => {
  await using database = await createTestDatabase()

  const { rows } = await database.pool.query(`
    select name, setting from pg_settings
    where name in ('application_name', 'statement_timeout', 'lock_timeout',
      'idle_in_transaction_session_timeout', 'TimeZone')
    order by name collate "C"`)

  expect(rows).toEqual([
    { name: 'TimeZone', setting: 'UTC' },
    { name: 'application_name', setting: 'deskbell' },
    { name: 'idle_in_transaction_session_timeout', setting: '5000' },
    { name: 'lock_timeout', setting: '3000' },
    { name: 'statement_timeout', setting: '10000' },
  ])
})

test('a connection that breaks, idle or in use, is replaced, and the process goes on', async () => {
  await using database = await createTestDatabase()
  const breakOthers = `
    select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where pid <> pg_backend_pid() and datname = current_database()`
  const used = await database.pool.connect()
  const broken = Promise.withResolvers<unknown>()
  used.once('end', () => broken.resolve(undefined))

  await database.pool.query(breakOthers)
  await broken.promise
  used.release(true)

  const { rows } = await database.pool.query('select 1 as one')
  expect(rows).toEqual([{ one: 1 }])
})

test('DATABASE_URL is used as it is', async () => {
  await using testDatabase = await createTestDatabase()
  const name = testDatabase.listen.database ?? ''

  const database = await openDatabase(at(testDatabase.listen), log)
  const { rows } = await database.pool.query('select current_database() as name')
  await database.close()

  expect(rows).toEqual([{ name }])
})

test('a database that is not in UTF-8 is refused, with the statement that creates one', async () => {
  const { administration, user } = inject('testServer')
  const name = `test-${randomUUID()}`
  const options = `owner ${user} encoding 'LATIN1' locale_provider libc locale 'C' template template0`
  await createDatabase(administration, name, options)

  const opened = openDatabase(at({ ...administration, user, database: name }), log)

  await expect(opened).rejects.toThrow(
    `keeps text as LATIN1, which has no place for what people write. ` +
      `Make one for all languages: create database "${name}" owner ${user} encoding 'UTF8' template template0`,
  )
  await dropDatabase(administration, name)
})

test('a user who may not create tables is refused, with the statement that allows it', async () => {
  await using testDatabase = await createTestDatabase()
  const { user, database: name } = testDatabase.listen
  await testDatabase.pool.query('revoke create on schema public from pg_database_owner')

  await expect(openDatabase(at(testDatabase.listen), log)).rejects.toThrow(
    `may not make tables there. Let it own the database: alter database "${name}" owner to ${user}`,
  )
})

test('a DATABASE_URL that leads nowhere is explained in a sentence', async () => {
  const databaseUrl = 'postgres://deskbell@127.0.0.1:1/deskbell'

  await expect(openDatabase({ databaseUrl, dataDir: '/nowhere' }, log)).rejects.toThrow(
    /^The database of DATABASE_URL cannot be used: .*ECONNREFUSED/,
  )
})

test.each(['15.0', '16.4 (Debian 16.4-1)', '17rc1', '18.4'])(
  'PostgreSQL %s is accepted',
  (version) => {
    expect(() => refuseUnsupportedVersion(version)).not.toThrow()
  },
)

test.each(['14.22', '9.6.24', '19beta1', ''])('PostgreSQL %s is refused', (version) => {
  expect(() => refuseUnsupportedVersion(version)).toThrow(/versions 15 to 18/)
})

test('the pool grows with the number of parallel queries, up to its limit', async () => {
  await using database = await createTestDatabase()
  const { db, pool } = connectDatabase({ ...database.listen, max: 2 }, log)

  await Promise.all([1, 2, 3, 4].map(() => sql`select 1`.execute(db)))

  expect(pool.totalCount).toBe(2)
  await pool.end()
})
