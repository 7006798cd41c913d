import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { TestDatabase } from '../testing/index.ts'
import { createTestDatabase } from '../testing/index.ts'
import { migrate } from './migrate.ts'

const directories: string[] = []

afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true })
})

function migrations(files: Record<string, string>): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'deskbell-migrations-'))
  directories.push(directory)
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(directory, name), text)
  return directory
}

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase()
  await database.pool.query('drop schema public cascade; create schema public')
  return database
}

const one = { '0001_one.sql': 'create table one (id int);' }
const both = { ...one, '0002_two.sql': 'create table two (id int); insert into two values (7);' }

test('missing migrations are applied in order, once', async () => {
  await using database = await emptyDatabase()

  expect(await migrate(database.listen, migrations(one))).toEqual(['0001_one.sql'])
  expect(await migrate(database.listen, migrations(both))).toEqual(['0002_two.sql'])
  expect(await migrate(database.listen, migrations(both))).toEqual([])
  expect((await database.pool.query('select id from two')).rows).toEqual([{ id: 7 }])
})

test('of several servers that start at once, one migrates and the others wait for it', async () => {
  await using database = await emptyDatabase()
  const directory = migrations(both)

  const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(database.listen, directory)))

  expect(applied.flat().sort()).toEqual(['0001_one.sql', '0002_two.sql'])
})

test('a migration that fails is undone, and the error names its line', async () => {
  await using database = await emptyDatabase()
  const directory = migrations({
    ...one,
    '0002_two.sql': 'create table two (id int);\n\ncreate tabel three ();',
  })

  await expect(migrate(database.listen, directory)).rejects.toThrow(
    /0002_two.sql failed and was undone: syntax error at or near "tabel" \(line 3\)/,
  )
  const { rows } = await database.pool.query(
    "select to_regclass('one') as one, to_regclass('two') as two",
  )
  expect(rows).toEqual([{ one: 'one', two: null }])
  expect(await migrate(database.listen, migrations(both))).toEqual(['0002_two.sql'])
})

test('a migration that was changed after it was applied is refused', async () => {
  await using database = await emptyDatabase()
  await migrate(database.listen, migrations(one))

  const changed = migrations({ '0001_one.sql': 'create table one (id bigint);' })

  await expect(migrate(database.listen, changed)).rejects.toThrow(/0001_one.sql was changed/)
})

test('other line ends do not count as a change', async () => {
  await using database = await emptyDatabase()
  await migrate(database.listen, migrations({ '0001_one.sql': 'create table one (\nid int);' }))

  const elsewhere = migrations({ '0001_one.sql': 'create table one (\r\nid int);' })

  expect(await migrate(database.listen, elsewhere)).toEqual([])
})

test('a database of a newer version is refused', async () => {
  await using database = await emptyDatabase()
  await migrate(database.listen, migrations(both))

  await expect(migrate(database.listen, migrations(one))).rejects.toThrow(
    /by a newer Deskbell \(0002_two.sql\)/,
  )
})

test.each([
  { '0002_two.sql': '' },
  { '0001_one.sql': '', '0001_uno.sql': '' },
  { '0001_one.sql': '', '0003_three.sql': '' },
  { '1_one.sql': '' },
])('migrations must be numbered without a gap: %j', async (files) => {
  await using database = await emptyDatabase()

  await expect(migrate(database.listen, migrations(files))).rejects.toThrow(/out of place/)
})
