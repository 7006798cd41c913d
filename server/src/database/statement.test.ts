import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../testing/index.ts'
import type { TestDatabase } from '../testing/index.ts'
import { statement } from './statement.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const lease = { name: 'nobody', holder: '', token: randomUUID(), expires_at: new Date(0) }

interface Shout {
  word: string
  times: number
}

test('a statement is built once per variant, and runs with the values of each run', async () => {
  const forms: string[] = []
  const shout = statement((_db, params: Shout, variant: 'loud' | 'quiet') => {
    forms.push(variant)
    const word = variant === 'loud' ? sql`upper(${params.word})` : sql`lower(${params.word})`
    return sql<{ said: string }>`select repeat(${word} || ${'!'}, ${params.times}) as said`
  })

  const { db } = database
  expect(await shout(db, { word: 'Hey', times: 1 }, 'loud')).toEqual([{ said: 'HEY!' }])
  expect(await shout(db, { word: 'Hey', times: 1 }, 'quiet')).toEqual([{ said: 'hey!' }])
  const both = [
    shout(db, { word: 'Ho', times: 2 }, 'loud'),
    shout(db, { word: 'Hi', times: 3 }, 'loud'),
  ]
  expect(await Promise.all(both)).toEqual([[{ said: 'HO!HO!' }], [{ said: 'HI!HI!HI!' }]])
  expect(forms).toEqual(['loud', 'quiet'])
})

test('a statement runs in the transaction that it gets', async () => {
  const names = statement((db) => db.selectFrom('leases').select('name'))
  const undone = new Error('undone')
  const attempt = database.db.transaction().execute(async (tx) => {
    await tx.insertInto('leases').values(lease).execute()
    expect(await names(tx, {})).toEqual([{ name: 'nobody' }])
    throw undone
  })
  await expect(attempt).rejects.toBe(undone)
  expect(await names(database.db, {})).toEqual([])
})

test('the names of the values cannot be listed while a statement is built', async () => {
  const copied = statement((db, params: typeof lease) =>
    db.insertInto('leases').values({ ...params }),
  )
  await expect(copied(database.db, lease)).rejects.toThrow('by its own')
})

test('a value cannot be read while a statement is built', async () => {
  const begins = statement((db, params: { word: string }) =>
    db.selectFrom('leases').select('name').where('name', 'like', `${params.word}%`),
  )
  await expect(begins(database.db, { word: 'no' })).rejects.toThrow('before word is given')
})
