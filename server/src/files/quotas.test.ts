import { randomBytes, randomUUID } from 'node:crypto'
import http from 'node:http'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { limits } from '@deskbell/contract'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { stateOf } from '../testing/state-of.ts'
import { sweep } from '../sweep.ts'
import { createFileStore } from './file-store.ts'
import { writeFreely } from '../testing/write-freely.ts'

const kibibyte = 1024
const mebibyte = 1024 * kibibyte

async function raise(by: TestPerson): Promise<string> {
  const body = { title: 'Files', description: '' }
  return (await by.call('createTicket', { body })).body.ticket.id
}

function file(bytes: number, more: { draft?: boolean; key?: string } = {}) {
  return { content: new Uint8Array(bytes), ...more }
}

function codeOf({ body }: { body: { code?: string } }): string | undefined {
  return body.code
}

async function storedIn({ dataDir }: TestDesk): Promise<string[]> {
  return createFileStore(path.join(dataDir, 'files')).ids()
}

async function bytesOf({ db }: TestDesk, person: TestPerson): Promise<number> {
  const rows = await db
    .selectFrom('attachments')
    .select('size')
    .where('uploader_id', '=', person.id)
    .execute()
  return rows.reduce((sum, { size }) => sum + size, 0)
}

test("many uploads at once store no more than a person's quota", async () => {
  await using desk = await startTestDesk({ FILES_PER_PERSON_MB: '1' })
  const sam = await desk.someone('sales', 'Sam')
  const tickets = [await raise(sam), await raise(sam)]
  const upload = (count: number) => sam.upload(tickets[count % 2] ?? '', file(300 * kibibyte))

  const answers = await Promise.all(Array.from({ length: 12 }, (_, count) => upload(count)))
  const refused = answers.filter(({ status }) => status >= 300).map(codeOf)
  expect(refused.length).toBeGreaterThanOrEqual(9)
  expect(new Set(refused)).toEqual(new Set(['storage.quota']))
  expect(await bytesOf(desk, sam)).toBeLessThanOrEqual(mebibyte)

  for (let left = 3; left > 0; left -= 1) await upload(left)
  expect(await bytesOf(desk, sam)).toBe(900 * kibibyte)
  expect(codeOf(await upload(0))).toBe('storage.quota')
  expect(await storedIn(desk)).toHaveLength(3)
  // Other people have their own quota.
  const ada = await desk.someone('admin', 'Ada')
  expect((await ada.upload(await raise(ada), file(300 * kibibyte))).status).toBe(201)
})

test('the quota is checked again with the row, whatever was admitted before', async () => {
  await using desk = await startTestDesk({ FILES_PER_PERSON_MB: '1' })
  const sam = await desk.someone('sales', 'Sam')
  const ticketId = await raise(sam)
  // Two servers on one database do not know each other's uploads under way.
  await sql`create function late() returns trigger language plpgsql as $$
    begin
      if new.name = 'late.txt' then
        update storage_use set bytes = bytes + 800 * 1024 where person_id = new.uploader_id;
      end if;
      return null;
    end $$`.execute(desk.db)
  await sql`create trigger late after insert on attachments for each row execute function late()`.execute(
    desk.db,
  )
  expect((await sam.upload(ticketId, file(300 * kibibyte))).status).toBe(201)
  const before = { state: await stateOf(desk.db), files: await storedIn(desk) }
  const late = await sam.upload(ticketId, { ...file(300 * kibibyte), name: 'late.txt' })
  expect(codeOf(late)).toBe('storage.quota')
  expect({ state: await stateOf(desk.db), files: await storedIn(desk) }).toEqual(before)
})

test('a quota can be used to its last byte; drafts count, and deleted files do not', async () => {
  await using desk = await startTestDesk({ FILES_PER_PERSON_MB: '1' })
  const ada = await desk.someone('admin', 'Ada')
  const id = await raise(ada)
  const draft = await ada.upload(id, file(mebibyte, { draft: true }))
  expect(draft.status).toBe(201)
  expect(codeOf(await ada.upload(id, file(1)))).toBe('storage.quota')

  // Deleted by hand, with its comment, and as a draft after a day.
  await ada.call('deleteAttachment', { params: { id: draft.body.attachment.id } })
  const second = await ada.upload(id, file(mebibyte, { draft: true }))
  const said = await ada.call('addComment', {
    params: { id },
    body: { body: 'See here', attachmentIds: [second.body.attachment.id] },
  })
  expect(codeOf(await ada.upload(id, file(1)))).toBe('storage.quota')
  await ada.call('deleteComment', { params: { id: said.body.comment.id } })
  expect((await ada.upload(id, file(mebibyte, { draft: true }))).status).toBe(201)
  await sql`update attachments set created_at = now() - interval '25 hours'`.execute(desk.db)
  await sweep(writeFreely(desk.db), createFileStore(path.join(desk.dataDir, 'files')), (bug) =>
    expect.unreachable(String(bug)),
  )
  expect((await ada.upload(id, file(mebibyte))).status).toBe(201)
  expect((await ada.upload(id, file(0))).status).toBe(201)
})

test('[WR4] an upload that used up the quota is the same when it is repeated', async () => {
  await using desk = await startTestDesk({ FILES_PER_PERSON_MB: '1' })
  const ada = await desk.someone('admin', 'Ada')
  const id = await raise(ada)
  const key = randomUUID()
  const last = file(mebibyte, { key })
  const first = await ada.upload(id, last)
  const again = await ada.upload(id, last)
  expect([again.status, again.body.attachment]).toEqual([201, first.body.attachment])
  expect(codeOf(await ada.upload(id, file(mebibyte - 1, { key })))).toBe('idempotency.mismatch')
  expect(await storedIn(desk)).toEqual([first.body.attachment.id])
})

test('everyone together has a quota, too', async () => {
  await using desk = await startTestDesk({ FILES_TOTAL_MB: '1' })
  const [ada, bob] = [await desk.someone('admin', 'Ada'), await desk.someone('admin', 'Bob')]
  const id = await raise(ada)
  const made = await ada.upload(id, file(600 * kibibyte))
  expect(codeOf(await bob.upload(id, file(600 * kibibyte)))).toBe('storage.full')
  await bob.call('deleteAttachment', { params: { id: made.body.attachment.id } })
  expect((await bob.upload(id, file(600 * kibibyte))).status).toBe(201)
})

/** Announces a body and sends none of it. */
function announce(
  desk: TestDesk,
  by: TestPerson,
  ticketId: string,
  headers: http.OutgoingHttpHeaders,
) {
  const request = http.request(`${desk.url}/api/tickets/${ticketId}/attachments`, {
    method: 'POST',
    agent: false,
    headers: {
      cookie: by.cookie,
      'idempotency-key': randomUUID(),
      'content-type': 'multipart/form-data; boundary=end',
      ...headers,
    },
  })
  request.flushHeaders()
  const refused = new Promise<unknown>((resolve, reject) => {
    request.on('error', reject)
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())))
    })
  })
  return { request, refused }
}

test('an upload that does not fit is refused before any byte of it is read', async () => {
  await using desk = await startTestDesk({ FILES_PER_PERSON_MB: '1' })
  const ada = await desk.someone('admin', 'Ada')
  const id = await raise(ada)
  const large = announce(desk, ada, id, { 'content-length': 2 * mebibyte })
  expect(await large.refused).toMatchObject({ code: 'storage.quota' })
  // An upload without a length may become as long as allowed.
  const unknown = announce(desk, ada, id, { 'transfer-encoding': 'chunked' })
  expect(await unknown.refused).toMatchObject({ code: 'storage.quota' })
  for (const { request } of [large, unknown]) request.destroy()

  // An upload under way counts until it breaks off.
  const waiting = announce(desk, ada, id, { 'content-length': 800 * kibibyte })
  const cut = waiting.refused.catch(() => 'cut')
  waiting.request.write(
    '--end\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nfirst',
  )
  await expect.poll(() => storedIn(desk)).toHaveLength(1)
  expect(codeOf(await ada.upload(id, file(300 * kibibyte)))).toBe('storage.quota')
  waiting.request.destroy()
  expect(await cut).toBe('cut')
  await expect
    .poll(async () => (await ada.upload(id, file(300 * kibibyte))).status, { interval: 20 })
    .toBe(201)
})

test('below the reserve of free space uploads are refused, and everything else works', async () => {
  await using desk = await startTestDesk({ DISK_RESERVE_MB: '16777216' })
  const ada = await desk.someone('admin', 'Ada')
  const id = await raise(ada)
  expect(codeOf(await ada.upload(id, file(1)))).toBe('storage.full')
  expect(await readdir(path.join(desk.dataDir, 'files'))).toEqual([])
  const said = await ada.call('addComment', { params: { id }, body: { body: 'No room' } })
  expect(said.status).toBe(201)
  expect((await fetch(`${desk.url}/api/health/ready`)).status).toBe(200)
})

test('super admins see what uses the space, and who uses most of it', async () => {
  await using desk = await startTestDesk({ FILES_PER_PERSON_MB: '3', FILES_TOTAL_MB: '7' })
  const root = await desk.someone('super_admin', 'Root')
  const [ada, sam] = [await desk.someone('admin', 'Ada'), await desk.someone('sales', 'Sam')]
  const none = await ada.upload(await raise(ada), file(10))
  await ada.call('deleteAttachment', { params: { id: none.body.attachment.id } })
  const ofSam = await raise(sam)
  await sam.upload(ofSam, file(3_000))
  await sam.upload(ofSam, file(2_000, { draft: true }))
  await root.upload(ofSam, file(7_000))
  const description = () => randomBytes(limits.bodyLength / 2).toString('hex')
  const ofAda = await raise(ada)
  for (let edit = 0; edit < 3; edit += 1) {
    const body = { description: description() }
    await ada.call('editTicket', { params: { id: ofAda }, body })
  }

  const { body } = await root.call('storage')
  expect(body).toMatchObject({
    files: { bytes: 12_000, count: 3, quota: 7 * mebibyte },
    quotaPerPerson: 3 * mebibyte,
    people: [
      { person: { id: ada.id, name: 'Ada' }, bytes: 0, count: 0 },
      { person: { id: root.id, name: 'Root' }, bytes: 7_000, count: 1, text: 0 },
      { person: { id: sam.id, name: 'Sam' }, bytes: 5_000, count: 2 },
    ],
  })
  expect(body.people).toHaveLength(3)
  // One text is the ticket's, and the history has all three and two of them again, as the older one. Hexadecimal digits
  // may be stored in half of their bytes.
  const [{ text } = { text: 0 }] = body.people
  expect(text).toBeGreaterThan(3 * limits.bodyLength)
  expect(text).toBeLessThan(6.5 * limits.bodyLength)
  expect(body.database).toBeGreaterThan(mebibyte)
  expect(body.disk.free).toBeLessThanOrEqual(body.disk.total)
})
