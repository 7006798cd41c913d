import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectDatabase } from '../database/open-database.ts'
import { createFileStore } from '../files/file-store.ts'
import { createDatabaseGate } from '../testing/database-gate.ts'
import type { DatabaseGate } from '../testing/database-gate.ts'
import { createTestDatabase, startTestDesk } from '../testing/index.ts'
import type { TestDatabase, TestDesk, TestPerson } from '../testing/index.ts'
import { lockWaiters } from '../testing/lock-waiters.ts'

/** A desk whose way to its database can be shut, and the database by another way. */
let database: TestDatabase
let gate: DatabaseGate
let desk: TestDesk
let ada: TestPerson
let ticketId: string
beforeAll(async () => {
  database = await createTestDatabase()
  gate = await createDatabaseGate(database.listen)
  const through = connectDatabase(gate.connection, pino({ level: 'silent' }))
  const close = async () => {
    await through.pool.end()
    await gate.remove()
    await database.close()
  }
  const log = pino({ level: 'silent' })
  desk = await startTestDesk({}, { database: { ...database, ...through, close }, log })
  ada = await desk.someone('admin', 'Ada')
  const { body } = await ada.call('createTicket', { body: { title: 'Files', description: '' } })
  ticketId = body.ticket.id
})
afterAll(() => desk.stop())

async function download(id: string): Promise<{ status: number; text: string }> {
  const headers = { cookie: ada.cookie }
  const response = await fetch(`${desk.url}/api/attachments/${id}`, { headers })
  return { status: response.status, text: await response.text() }
}

function storedIds(): Promise<string[]> {
  return createFileStore(path.join(desk.dataDir, 'files')).ids()
}

test('[WR4] an upload whose commit was not heard of is there when it is asked for again', async () => {
  await sql`create function wait_at_commit() returns trigger language plpgsql as
    $$ begin perform pg_advisory_xact_lock(42); return null; end $$`.execute(database.db)
  await sql`create constraint trigger wait after insert on attachments
    deferrable initially deferred for each row execute function wait_at_commit()`.execute(
    database.db,
  )
  const file = { content: 'kept', key: randomUUID() }
  const held = await database.pool.connect()
  await held.query('select pg_advisory_lock(42)')
  const unheard = ada.upload(ticketId, file)
  await expect.poll(() => lockWaiters(database.db)).toBe(1)
  await gate.shut()
  expect((await unheard).status).toBe(503)
  await held.query('select pg_advisory_unlock(42)')
  held.release()
  await sql`drop trigger wait on attachments`.execute(database.db)
  await gate.open()

  const { status, body } = await ada.upload(ticketId, file)
  expect(status).toBe(200)
  expect(await download(body.attachment.id)).toEqual({ status: 200, text: 'kept' })
  expect(await storedIds()).toEqual([body.attachment.id])
})

test('what follows the file is refused, and nothing is kept', async () => {
  const before = await storedIds()
  for (const [name, value, code] of [
    ['internal', 'true', 'request.invalid'],
    ['file', new Blob(['second']), 'request.malformed'],
  ] as const) {
    const form = new FormData()
    form.append('file', new Blob(['first']), 'first.txt')
    form.append(name, value)
    const response = await fetch(`${desk.url}/api/tickets/${ticketId}/attachments`, {
      method: 'POST',
      headers: { cookie: ada.cookie, 'idempotency-key': randomUUID() },
      body: form,
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code })
  }
  expect(await storedIds()).toEqual(before)
})

test('a name too long is cut between characters', async () => {
  const { status, body } = await ada.upload(ticketId, {
    content: 'x',
    name: `x${'🎉'.repeat(150)}`,
  })
  expect(status).toBe(200)
  expect(body.attachment.name).toBe(`x${'🎉'.repeat(99)}`)
})

test('a file whose contents are gone is a bug of ours, not of the database', async () => {
  const { body } = await ada.upload(ticketId, { content: 'lost' })
  const { id } = body.attachment
  await rm(path.join(desk.dataDir, 'files', id.slice(-2), id))
  const { status, text } = await download(id)
  expect(status).toBe(500)
  expect(JSON.parse(text)).toMatchObject({ code: 'internal' })
})
