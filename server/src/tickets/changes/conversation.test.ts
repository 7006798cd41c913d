import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { statuses } from '@deskbell/contract'
import type { Status } from '@deskbell/contract'
import { createFileStore } from '../../files/file-store.ts'
import { logPosition } from '../../log/log-position.ts'
import { sweep } from '../../sweep.ts'
import { startTestDesk } from '../../testing/index.ts'
import type { TestDesk, TestPerson } from '../../testing/index.ts'
import { createListener } from '../../testing/listener.ts'
import { writeFreely } from '../../testing/write-freely.ts'

let desk: TestDesk
let ada: TestPerson
let root: TestPerson
let sam: TestPerson
let sue: TestPerson
beforeAll(async () => {
  desk = await startTestDesk()
  ada = await desk.someone('admin', 'Ada')
  root = await desk.someone('super_admin', 'Root')
  sam = await desk.someone('sales', 'Sam')
  sue = await desk.someone('sales', 'Sue')
})
afterAll(() => desk.stop())

/** Creates a ticket of Sam's that Sue watches. */
async function newTicket(title = 'Printer'): Promise<string> {
  const made = await sam.call('createTicket', { body: { title, description: '' } })
  const { id } = made.body.ticket
  await ada.call('watch', { params: { id, userId: sue.id } })
  return id
}

async function head(): Promise<number> {
  return (await logPosition(desk.db)).seq
}

function say(person: TestPerson, id: string, body: object | string) {
  const params = { id }
  return person.call('addComment', {
    params,
    body: typeof body === 'string' ? { body } : { ...body },
  })
}

async function statusOf(id: string): Promise<Status> {
  return (await ada.call('ticket', { params: { ref: id } })).body.ticket.status
}

async function move(id: string, status: Status): Promise<void> {
  await ada.call('changeStatus', { params: { id }, body: { status } })
}

/** Moves the time of a comment or file back. */
async function age(table: 'comments' | 'attachments', id: string, interval: string): Promise<void> {
  await sql`update ${sql.table(table)} set created_at = now() - ${interval}::interval where id = ${id}`.execute(
    desk.db,
  )
}

test('a reply of the creator or a watching requester reopens a waiting, resolved or closed ticket; no other reply does', async () => {
  const id = await newTicket()
  const after: Record<string, Status[]> = { Sam: [], Sue: [], Ada: [] }
  for (const person of [sam, sue, ada]) {
    for (const status of statuses) {
      await move(id, status)
      expect((await say(person, id, 'Hello')).body.ticket.status).toBe(await statusOf(id))
      after[person.name]?.push(await statusOf(id))
    }
  }
  const reopened = ['open', 'in_progress', 'open', 'open', 'open']
  expect(after).toEqual({ Sam: reopened, Sue: reopened, Ada: [...statuses] })
})

test('staff reopen their own ticket by a reply, and not by an internal note', async () => {
  const made = await ada.call('createTicket', { body: { title: 'Mine', description: '' } })
  const { id } = made.body.ticket
  await move(id, 'resolved')
  await say(ada, id, { body: 'Just for us', internal: true })
  expect(await statusOf(id)).toBe('resolved')
  await say(ada, id, 'It is back')
  expect(await statusOf(id)).toBe('open')
})

test('a reply that reopens is one change: both events have its key and follow each other', async () => {
  const id = await newTicket()
  await move(id, 'closed')
  const from = await head()
  await say(sue, id, 'Again')
  const events = await desk.db
    .selectFrom('events')
    .select(['name', 'seq', 'command_id as key'])
    .where('seq', '>', from)
    .orderBy('seq')
    .execute()
  expect(events).toMatchObject([
    { name: 'ticket:commentAdded', seq: from + 1 },
    { name: 'ticket:statusChanged', seq: from + 2 },
  ])
  expect(events[0]?.key).toBe(events[1]?.key)
})

test('[WR9] a reply is refused when others added something that its author may see; the error shows it', async () => {
  const id = await newTicket()
  const { version } = (await sam.call('ticket', { params: { ref: id } })).body.ticket
  await say(sue, id, 'Me too')
  await sue.upload(id, { content: 'x', name: 'x.txt' })
  await say(ada, id, { body: 'A note', internal: true })
  const before = await head()

  const stopped = await say(sam, id, { body: 'Hello?', seenVersion: version })
  expect([stopped.status, stopped.body.code]).toEqual([409, 'ticket.replied'])
  const details = stopped.body.details as { missed: { kind: string }[]; version: number }
  expect(details.missed).toMatchObject([
    { kind: 'comment', comment: { body: 'Me too' } },
    { kind: 'attachmentAdded', name: 'x.txt' },
  ])
  expect(await head()).toBe(before)
  const sent = await say(sam, id, { body: 'Hello?', seenVersion: details.version })
  expect(sent.status).toBe(201)
})

test('[WR9] a reply is not refused for notes its author may not see, for own additions or for other fields', async () => {
  const id = await newTicket()
  const version = async (person: TestPerson) =>
    (await person.call('ticket', { params: { ref: id } })).body.ticket.version
  const [sams, adas] = [await version(sam), await version(ada)]
  await say(ada, id, { body: 'A note', internal: true })
  await move(id, 'in_progress')
  await say(sam, id, 'One')
  expect((await say(sam, id, { body: 'Two', seenVersion: sams })).status).toBe(201)
  const stopped = await say(ada, id, { body: 'Three', seenVersion: adas })
  expect(stopped.body.code).toBe('ticket.replied')
  expect((stopped.body.details as { missed: unknown[] }).missed).toHaveLength(2)

  const seen = await version(root)
  const { comment } = (await say(sam, id, 'Taken back')).body
  await sam.call('deleteComment', { params: { id: comment.id } })
  expect((await say(root, id, { body: 'Four', seenVersion: seen })).status).toBe(201)
})

test('a comment may be corrected and removed by its author for 15 minutes, and by a super admin always', async () => {
  const id = await newTicket()
  const attempt = async (person: TestPerson, minutes: number) => {
    const params = { id: (await say(sam, id, 'Teh')).body.comment.id }
    await age('comments', params.id, `${minutes} minutes`)
    const edited = await person.call('editComment', { params, body: { body: 'The' } })
    const removed = await person.call('deleteComment', { params })
    return [edited, removed].map(({ status, body }) => (status === 200 ? 'yes' : body.code))
  }
  expect(await attempt(sam, 14)).toEqual(['yes', 'yes'])
  expect(await attempt(sam, 16)).toEqual(['comment.tooLate', 'comment.tooLate'])
  expect(await attempt(sue, 0)).toEqual(['forbidden', 'forbidden'])
  expect(await attempt(ada, 0)).toEqual(['forbidden', 'forbidden'])
  expect(await attempt(root, 60 * 24 * 30)).toEqual(['yes', 'yes'])
})

test('a corrected comment is marked, and a removed one cannot be corrected or removed again', async () => {
  const id = await newTicket()
  const params = { id: (await say(sam, id, 'Teh')).body.comment.id }
  const edited = await sam.call('editComment', { params, body: { body: 'The' } })
  expect(edited.body.comment.editedAt).not.toBeNull()
  const removed = await sam.call('deleteComment', { params })
  expect(removed.body).toMatchObject({ comment: { body: '' }, ticket: { commentCount: 0 } })
  for (const again of [
    await sam.call('editComment', { params, body: { body: 'Back' } }),
    await root.call('deleteComment', { params }),
  ])
    expect([again.status, again.body.code]).toEqual([409, 'comment.removed'])
})

test('[LG6] removing a comment removes its text from log, memory, search, history and files', async () => {
  const id = await newTicket()
  const from = await logPosition(desk.db)
  const file = await sam.upload(id, { content: 'xyzzy in a file', name: 'f.txt', draft: true })
  const fileId = file.body.attachment.id
  const { comment } = (await say(sam, id, { body: 'xyzzy one', attachmentIds: [fileId] })).body
  const params = { id: comment.id }
  await sam.call('editComment', { params, body: { body: 'xyzzy two' } })
  const found = async () => (await ada.call('tickets', { query: { q: 'xyzzy' } })).body.items.length
  expect(await found()).toBe(1)
  expect(await filesOf(fileId)).toHaveLength(1)

  await sam.call('deleteComment', { params })
  expect(await found()).toBe(0)
  expect(await filesOf(fileId)).toEqual([])
  for (const table of ['events', 'timeline', 'comments', 'idempotency_keys', 'tickets'] as const) {
    const { rows } = await sql<{
      text: string
    }>`select t::text as text from ${sql.table(table)} t`.execute(desk.db)
    expect(rows.map(({ text }) => text).join(), table).not.toContain('xyzzy')
  }
  const read = await ada.call('ticket', { params: { ref: id } })
  expect(JSON.stringify(read.body)).not.toContain('xyzzy')
  expect(read.body.timeline.at(-1)).toMatchObject({ kind: 'comment', comment: { body: '' } })

  const replayed = createListener(desk.url, ada, from)
  replayed.open()
  await replayed.reach(await head())
  expect(replayed.names()).toContain('ticket:commentEdited')
  expect(JSON.stringify(replayed.events)).not.toContain('xyzzy')
  replayed.close()
})

async function filesOf(id: string): Promise<string[]> {
  const names = await readdir(path.join(desk.dataDir, 'files'), { recursive: true })
  return names.filter((name) => name.endsWith(id))
}

test('a comment binds drafts of its author on its ticket, once', async () => {
  const [id, other] = [await newTicket(), await newTicket()]
  const draft = async (person: TestPerson, on: string) =>
    (await person.upload(on, { content: 'x', draft: true })).body.attachment.id
  const refused = [
    await draft(sue, id),
    await draft(sam, other),
    (await sam.upload(id, { content: 'x' })).body.attachment.id,
    '00000000-0000-4000-8000-000000000000',
  ]
  const before = await head()
  for (const attachmentId of refused) {
    const answer = await say(sam, id, { body: 'See', attachmentIds: [attachmentId] })
    expect([answer.status, answer.body.code]).toEqual([409, 'attachment.notDraft'])
  }
  expect(await head()).toBe(before)

  const mine = await draft(sam, id)
  const answers = await Promise.all(
    [1, 2].map(() => say(sam, id, { body: 'See', attachmentIds: [mine, mine] })),
  )
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409])
  const { attachments } = (await ada.call('ticket', { params: { ref: id } })).body
  expect(attachments.filter((file) => file.id === mine)).toHaveLength(1)
})

test('a comment needs text or a file: when it is written, when it is corrected, and when a file is removed', async () => {
  const id = await newTicket()
  const drafts = [1, 2].map(() => sam.upload(id, { content: 'x', draft: true }))
  const files = (await Promise.all(drafts)).map(({ body }) => body.attachment.id)
  const before = await head()
  for (const body of ['', ' \n'])
    expect((await say(sam, id, body)).body).toMatchObject({ code: 'comment.empty' })
  expect(await head()).toBe(before)
  const made = await say(sam, id, { body: '', attachmentIds: files })
  expect(made.body).toMatchObject({ comment: { body: '' }, ticket: { commentCount: 1 } })

  const params = { id: made.body.comment.id }
  for (const body of ['Look', ''])
    expect((await sam.call('editComment', { params, body: { body } })).status).toBe(200)
  const worded = { id: (await say(sam, id, 'Words')).body.comment.id }
  const emptied = await sam.call('editComment', { params: worded, body: { body: '' } })
  expect([emptied.status, emptied.body.code]).toEqual([400, 'comment.empty'])

  const left: unknown[] = []
  for (const fileId of files) {
    expect((await ada.call('deleteAttachment', { params: { id: fileId } })).status).toBe(200)
    const { ticket, timeline } = (await ada.call('ticket', { params: { ref: id } })).body
    const line = timeline.find((item) => item.kind === 'comment' && item.comment.id === params.id)
    const gone = line?.kind === 'comment' && line.comment.deletedAt !== null
    left.push([gone, ticket.commentCount, ticket.attachmentCount, (await filesOf(fileId)).length])
  }
  expect(left).toEqual([
    [false, 2, 1, 0],
    [true, 1, 0, 0],
  ])
  const { rows } =
    await sql`select from events where data -> 'comment' ->> 'body' = 'Look'`.execute(desk.db)
  expect(rows).toEqual([])
})

test('a file may be removed by its uploader for 15 minutes, and by staff always', async () => {
  const id = await newTicket()
  const attempt = async (person: TestPerson, minutes: number) => {
    const params = { id: (await sam.upload(id, { content: 'x' })).body.attachment.id }
    await age('attachments', params.id, `${minutes} minutes`)
    const { status, body } = await person.call('deleteAttachment', { params })
    return status === 200 ? (await filesOf(params.id)).length : body.code
  }
  expect(await attempt(sam, 14)).toBe(0)
  expect(await attempt(sam, 16)).toBe('attachment.tooLate')
  expect(await attempt(sue, 0)).toBe('forbidden')
  expect(await attempt(ada, 60 * 24)).toBe(0)
})

test('a draft is deleted after a day, with its content and without an event', async () => {
  const id = await newTicket()
  const upload = async () =>
    (await sam.upload(id, { content: 'x', draft: true })).body.attachment.id
  const [old, young] = [await upload(), await upload()]
  await age('attachments', old, '24 hours 1 minute')
  await age('attachments', young, '23 hours 59 minutes')
  const before = await head()
  await sweep(writeFreely(desk.db), createFileStore(path.join(desk.dataDir, 'files')), (bug) =>
    expect.unreachable(String(bug)),
  )
  expect([await filesOf(old), (await filesOf(young)).length]).toEqual([[], 1])
  expect(await head()).toBe(before)
  expect((await sam.call('attachment', { params: { id: old } })).status).toBe(404)
})
