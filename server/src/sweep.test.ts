import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { Readable } from 'node:stream'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFileStore } from './files/file-store.ts'
import { acquireLease, LeaseLostError } from './database/lease.ts'
import { sweep } from './sweep.ts'
import { startTestDesk } from './testing/index.ts'
import type { TestDesk } from './testing/index.ts'
import { writeFreely } from './testing/write-freely.ts'

let desk: TestDesk
beforeAll(async () => {
  desk = await startTestDesk()
})
afterAll(() => desk.stop())

test('a part of the sweep that fails is reported and does not stop the others', async () => {
  const { db, dataDir } = desk
  const files = createFileStore(path.join(dataDir, 'files'))
  const sam = await desk.someone('sales')
  const { body } = await sam.call('createTicket', { body: { title: 'A', description: '' } })
  const drafts: string[] = []
  for (const content of ['one', 'two']) {
    const file = { content, draft: true }
    drafts.push((await sam.upload(body.ticket.id, file)).body.attachment.id)
  }
  // A folder in place of the file, which cannot be removed.
  const [stuck = ''] = drafts
  const place = path.join(dataDir, 'files', stuck.slice(-2), stuck)
  await rm(place)
  await mkdir(path.join(place, 'inside'), { recursive: true })
  const orphan = uuidv7({ msecs: Date.now() - 30 * 3_600_000 })
  await files.put(orphan, Readable.from(['orphan']))
  await sql`update people set created_at = now() - interval '3 days'`.execute(db)
  await sql`update attachments set created_at = now() - interval '25 hours'`.execute(db)
  await sql`update idempotency_keys set created_at = now() - interval '31 days'`.execute(db)
  await sql`create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'no session goes'; end $$`.execute(db)
  await sql`create trigger refuse before delete on sessions
    for each statement execute function refuse()`.execute(db)

  const bugs: unknown[] = []
  await sweep(writeFreely(db), files, (bug) => bugs.push(bug))

  expect(bugs).toHaveLength(2)
  expect(bugs[0]).toMatchObject({ errors: [{ message: expect.stringContaining(stuck) }] })
  expect(bugs[1]).toMatchObject({ message: 'no session goes' })
  expect(await files.ids()).toEqual([])
  expect(await db.selectFrom('idempotency_keys').select('key').execute()).toEqual([])
  expect((await sam.call('session', { key: randomUUID() })).status).toBe(200)
})

test('a node that was paused until another took over sweeps nothing', async () => {
  const { db, dataDir } = desk
  const files = createFileStore(path.join(dataDir, 'files'))
  const sam = await desk.someone('sales')
  await sam.call('createTicket', { body: { title: 'A', description: '' } })
  await sql`update idempotency_keys set created_at = now() - interval '31 days'`.execute(db)
  const keys = () => db.selectFrom('idempotency_keys').select('key').execute()
  const before = await keys()
  const orphan = uuidv7({ msecs: Date.now() - 30 * 3_600_000 })
  await files.put(orphan, Readable.from(['orphan']))

  const paused = await acquireLease(db, 'test', 0)
  const next = await acquireLease(db, 'test', 60_000)
  if (paused === undefined || next === undefined) throw new Error('the lease is free')
  const fail = (bug: unknown) => expect.unreachable(String(bug))
  await expect(sweep(paused.write, files, fail)).rejects.toThrow(LeaseLostError)
  expect(await keys()).toEqual(before)
  expect(await files.ids()).toEqual([orphan])

  await sql`drop trigger refuse on sessions`.execute(db)
  await sweep(next.write, files, fail)
  expect([await keys(), await files.ids()]).toEqual([[], []])
})
