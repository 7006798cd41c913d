import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { limits } from '@deskbell/contract'
import type { Query, TimelineItem } from '@deskbell/contract'
import { startTestDesk } from '../../testing/index.ts'
import type { TestDesk, TestPerson } from '../../testing/index.ts'
import { writeComments } from '../../testing/write-comments.ts'

const longest = limits.bodyLength
const count = 1_500

let desk: TestDesk
let ada: TestPerson
let sam: TestPerson
/** A ticket of Sam's with this many comments of the greatest length. */
let long: string
/** A ticket with this many short comments. */
let brief: string
beforeAll(async () => {
  desk = await startTestDesk()
  ada = await desk.someone('admin', 'Ada')
  sam = await desk.someone('sales', 'Sam')
  // These tests do not search, and indexing so much text takes longer than everything else.
  await sql`alter table comments alter column search drop expression`.execute(desk.db)
  long = await newTicket()
  await comments(long, count, longest)
  brief = await newTicket()
  await comments(brief, count, 40)
})
afterAll(() => desk.stop())

async function newTicket(): Promise<string> {
  const body = { title: 'Printer', description: '' }
  return (await sam.call('createTicket', { body })).body.ticket.id
}

async function comments(ticketId: string, number: number, length: number): Promise<void> {
  const made = { ticketId, authorId: ada.id, count: number, length, words: '-' }
  await writeComments(desk.db, made)
}

async function page(ref: string, query: Query<'timeline'>, person = sam) {
  const { status, body } = await person.call('timeline', { params: { ref }, query })
  expect(status, JSON.stringify(body).slice(0, 200)).toBe(200)
  return body
}

const seqs = (items: readonly TimelineItem[]) => items.map(({ seq }) => seq)
const numbers = (items: readonly TimelineItem[]) =>
  items.flatMap((item) => (item.kind === 'comment' ? [Number.parseInt(item.comment.body, 10)] : []))
const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value))

describe('a ticket with 1,500 long comments', () => {
  test('is read with its newest page, which has a limit in bytes', async () => {
    const { status, body } = await sam.call('ticket', { params: { ref: long } })
    expect(status).toBe(200)
    expect(numbers(body.timeline).at(-1)).toBe(count)
    expect(body.timeline.length).toBeGreaterThan(1)
    expect(bytesOf(body)).toBeLessThan(limits.timelinePageBytes * 1.1)
    expect(body.earlier).not.toBeNull()
  })

  test('is read page by page, without a gap', async () => {
    const { body } = await sam.call('ticket', { params: { ref: long } })
    const read = [...body.timeline]
    for (let before = body.earlier ?? ''; read.length < 60;) {
      const { items, earlier } = await page(long, { before, limit: 100 })
      expect(items.length).toBeGreaterThan(1)
      read.unshift(...items)
      before = earlier ?? ''
    }
    const first = count + 1 - read.length
    expect(numbers(read)).toEqual(read.map((_, index) => first + index))
  })

  test('is read around a comment and around a position, and can be continued in both directions', async () => {
    const { items } = await page(long, { before: (await page(long, { around: '1' })).later ?? '' })
    const [line] = (await page(long, { around: String(items.length + 700) })).items.filter(
      (item) => item.kind === 'comment',
    )
    if (line?.kind !== 'comment') throw new Error('a comment')
    const byId = await page(long, { around: line.comment.id })
    expect(byId).toEqual(await page(long, { around: String(line.seq) }))
    const at = seqs(byId.items).indexOf(line.seq)
    expect(at).toBeGreaterThan(0)
    expect(at).toBeLessThan(byId.items.length - 1)

    const [before, after] = [byId.earlier ?? '', byId.later ?? '']
    const earlier = await page(long, { before })
    const later = await page(long, { after })
    const all = seqs([...earlier.items, ...byId.items, ...later.items])
    expect(all).toEqual(all.map((_, index) => (all[0] ?? 0) + index))
    expect([earlier.later, later.earlier]).toEqual([before, after])
  })

  test('refuses a stale reply with the newest missed items, and says that there are more', async () => {
    const body = { body: 'Hello?', seenVersion: 1 }
    const stopped = await sam.call('addComment', { params: { id: long }, body })
    // The ticket's version does not include comments that were inserted without events.
    expect(stopped.status).toBe(201)
    await ada.call('addComment', { params: { id: long }, body: { body: 'Me too' } })
    const again = await sam.call('addComment', { params: { id: long }, body })
    expect([again.status, again.body.code]).toEqual([409, 'ticket.replied'])
    const { missed, more } = again.body.details as { missed: TimelineItem[]; more: boolean }
    expect(missed.at(-1)).toMatchObject({ comment: { body: 'Me too' } })
    expect(numbers(missed).length).toBeLessThanOrEqual(limits.missedItems)
    expect(bytesOf(missed)).toBeLessThan(limits.timelinePageBytes * 1.1)
    expect(more).toBe(true)
  })
})

test('a timeline is read page by page to its beginning and to its end, each line once and in order', async () => {
  const { body } = await sam.call('ticket', { params: { ref: brief } })
  const back = [...body.timeline]
  for (let before = body.earlier; before !== null;) {
    const { items, earlier, later } = await page(brief, { before, limit: 100 })
    expect(later).toBe(before)
    back.unshift(...items)
    before = earlier
  }
  const forth: TimelineItem[] = []
  for (let after: string | null = '0'; after !== null;) {
    const { items, later }: Awaited<ReturnType<typeof page>> = await page(brief, { after })
    forth.push(...items)
    after = later
  }
  expect(back[0]?.kind).toBe('created')
  expect(numbers(back)).toEqual(Array.from({ length: count }, (_, index) => index + 1))
  expect(forth).toEqual(back)
})

describe('a page of a timeline', () => {
  test('contains at least one line of any size, and is limited in bytes, not in characters', async () => {
    const id = await newTicket()
    const body = '字'.repeat(longest)
    for (let made = 0; made < 6; made += 1)
      await ada.call('addComment', { params: { id }, body: { body } })
    const { timeline } = (await sam.call('ticket', { params: { ref: id } })).body
    expect(timeline).toHaveLength(Math.floor(limits.timelinePageBytes / (3 * longest)))

    for (const side of ['before', 'after'] as const) {
      const place = side === 'before' ? '999999999999999' : '0'
      const { items } = await page(id, { [side]: place, limit: 1 })
      expect(items).toHaveLength(1)
    }
  })

  test('counts the size of changed texts', async () => {
    const id = await newTicket()
    for (let edit = 0; edit < 12; edit += 1) {
      const description = `${edit} `.padEnd(longest, 'x')
      await ada.call('editTicket', { params: { id }, body: { description } })
    }
    const { body } = await sam.call('ticket', { params: { ref: id } })
    expect(body.timeline.length).toBeLessThan(8)
    expect(bytesOf(body)).toBeLessThan(limits.timelinePageBytes * 1.1 + longest)
    expect(body.earlier).not.toBeNull()
  })

  test('counts the files of its comments', async () => {
    const id = await newTicket()
    await comments(id, 50, 10)
    await sql`
      insert into attachments (id, ticket_id, comment_id, uploader_id, name, type, size, sha256, internal, draft)
      select gen_random_uuid(), ticket_id, id, author_id, repeat('字', ${limits.fileNameLength}::integer), 'text/plain', 1, '', false, false
      from comments, generate_series(1, ${limits.attachmentsPerComment}::integer) where ticket_id = ${id}`.execute(
      desk.db,
    )
    const { body } = await sam.call('ticket', { params: { ref: id } })
    expect(body.attachments.length).toBeGreaterThan(limits.attachmentsPerComment)
    expect(bytesOf(body)).toBeLessThan(limits.timelinePageBytes * 1.1)
    expect(body.earlier).not.toBeNull()
  })

  test('has the files of its lines, and no others', async () => {
    const id = await newTicket()
    const draft = (await ada.upload(id, { content: 'x', draft: true })).body.attachment.id
    await ada.call('addComment', {
      params: { id },
      body: { body: 'See here', attachmentIds: [draft] },
    })
    const direct = (await ada.upload(id, { content: 'y' })).body.attachment.id
    const internal = (await ada.upload(id, { content: 'z', internal: true })).body.attachment.id
    const { timeline, attachments } = (await ada.call('ticket', { params: { ref: id } })).body
    expect(attachments.map((file) => file.id)).toEqual([draft, direct, internal])

    const files = await Promise.all(
      timeline.map(async ({ seq }) => {
        const query = { after: String(seq), limit: 1 }
        return (await page(id, query, ada)).attachments.map((file) => file.id)
      }),
    )
    expect(files).toEqual([[], [draft], [direct], [internal]])
    const seen = (await sam.call('ticket', { params: { ref: id } })).body
    expect(seen.attachments.map((file) => file.id)).toEqual([draft, direct])
    expect(seen.ticket.attachmentCount).toBe(2)
  })

  test('is as long for sales between many internal notes as without them', async () => {
    const id = await newTicket()
    await sam.call('addComment', { params: { id }, body: { body: 'One' } })
    for (let note = 0; note < 5; note += 1)
      await ada.call('addComment', { params: { id }, body: { body: 'Note', internal: true } })
    await sam.call('addComment', { params: { id }, body: { body: 'Two' } })
    const newest = await page(id, { before: '999999999999999', limit: 2 })
    expect(newest.items.map((item) => item.kind === 'comment' && item.comment.body)).toEqual([
      'One',
      'Two',
    ])
    const first = await page(id, { before: newest.earlier ?? '', limit: 2 })
    expect(first.items.map(({ kind }) => kind)).toEqual(['created'])
    expect(first.earlier).toBeNull()
  })

  test("has the log's position, and an end where the history ends", async () => {
    const id = await newTicket()
    const { seq, tag, items, earlier, later } = await page(id, { around: '0' })
    expect({ seq, tag }).toEqual(await position())
    expect(items.map(({ kind }) => kind)).toEqual(['created'])
    expect([earlier, later]).toEqual([null, null])
    const after = String(seq + 1)
    expect(await page(id, { after })).toMatchObject({ items: [], earlier: after, later: null })
    expect(await page(id, { before: '1' })).toMatchObject({ items: [], earlier: null, later: '1' })
  })

  test('accepts one kind of cursor at a time', async () => {
    const id = await newTicket()
    const queries: Record<string, string>[] = [
      {},
      { before: '1', after: '1' },
      { before: '-1' },
      { after: 'x' },
      { around: 'x' },
      { around: '1', before: '1' },
      { before: '1', limit: '101' },
    ]
    for (const query of queries) {
      const answer = await sam.call('timeline', { params: { ref: id }, query: query as never })
      expect([query, answer.status, answer.body.code]).toEqual([query, 400, 'request.invalid'])
    }
  })
})

async function position() {
  return desk.db.selectFrom('log').select(['head as seq', 'head_tag as tag']).executeTakeFirst()
}

test('all files of a ticket are read in pages, newest first', async () => {
  const id = await newTicket()
  const made: string[] = []
  for (let file = 0; file < 5; file += 1)
    made.push((await sam.upload(id, { content: 'x', name: `${file}.txt` })).body.attachment.id)
  const read: string[] = []
  let after: string | null | undefined
  do {
    const query: Query<'files'> = { limit: 2, ...(after && { after }) }
    const { body } = await sam.call('files', { params: { ref: id }, query })
    expect(body.items.length).toBeLessThanOrEqual(2)
    read.push(...body.items.map((file) => file.id))
    after = body.next
  } while (after !== null)
  expect(read).toEqual(made.toReversed())
})
