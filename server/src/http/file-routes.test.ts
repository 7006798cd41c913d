import { randomUUID } from 'node:crypto'
import { mkdir, rm, truncate, writeFile } from 'node:fs/promises'
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

/** A desk whose connection to its database can be cut, and a direct connection to the database. */
let database: TestDatabase
let gate: DatabaseGate
let desk: TestDesk
let ada: TestPerson
let ticketId: string
/** The lines of its log. */
const written: string[] = []
beforeAll(async () => {
  database = await createTestDatabase()
  gate = await createDatabaseGate(database.listen)
  const through = connectDatabase(gate.connection, pino({ level: 'silent' }))
  const close = async () => {
    await through.pool.end()
    await gate.remove()
    await database.close()
  }
  const log = pino({ level: 'warn' }, { write: (line: string) => void written.push(line) })
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

test('[WR4] an upload whose commit got no answer is there when it is repeated', async () => {
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
  expect(status).toBe(201)
  expect(await download(body.attachment.id)).toEqual({ status: 200, text: 'kept' })
  expect(await storedIds()).toEqual([body.attachment.id])
})

test('a part after the file is refused, and nothing is stored', async () => {
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

test('a name that is too long is cut between characters', async () => {
  const { status, body } = await ada.upload(ticketId, {
    content: 'x',
    name: `x${'🎉'.repeat(150)}`,
  })
  expect(status).toBe(201)
  expect(body.attachment.name).toBe(`x${'🎉'.repeat(99)}`)
})

test('a file without content is refused with a sentence, and one warning names it', async () => {
  const lost: Record<string, (place: string) => Promise<unknown>> = {
    deleted: (place) => rm(place),
    'cut short': (place) => truncate(place, 2),
    'in the way of a folder': async (place) => {
      await rm(place)
      await mkdir(place)
    },
    'gone with its folder': async (place) => {
      await rm(path.dirname(place), { recursive: true })
      await writeFile(path.dirname(place), '')
    },
  }
  for (const [how, lose] of Object.entries(lost)) {
    const { body } = await ada.upload(ticketId, { content: 'lost' })
    const { id } = body.attachment
    const folder = path.join(desk.dataDir, 'files', id.slice(-2))
    await lose(path.join(folder, id))
    written.length = 0
    const answers = [await download(id), await download(id)]
    expect([how, ...answers.map(({ status }) => status)]).toEqual([how, 410, 410])
    expect(JSON.parse(answers[0]?.text ?? '')).toMatchObject({ code: 'attachment.gone' })
    const warnings = written.map((line) => JSON.parse(line) as object)
    expect([how, warnings]).toEqual([
      how,
      [expect.objectContaining({ level: 40, attachmentId: id })],
    ])

    // It can be deleted like any other file, whatever is in the place of its content.
    expect((await ada.call('deleteAttachment', { params: { id } })).status).toBe(200)
    await rm(folder, { recursive: true, force: true })
  }
})
