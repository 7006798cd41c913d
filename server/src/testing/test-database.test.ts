import { expect, test } from 'vitest'
import { createTestDatabase } from './test-database.ts'

test('a test database is migrated, and other tests do not see what is written to it', async () => {
  await using one = await createTestDatabase()
  await using other = await createTestDatabase()
  await one.pool.query('create table mine (id int)')

  const migrations = await one.pool.query('select number from migrations')
  const elsewhere = await other.pool.query("select to_regclass('mine') as mine")

  expect(migrations.rowCount).toBeGreaterThan(0)
  expect(elsewhere.rows).toEqual([{ mine: null }])
})
