import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { limits } from '@deskbell/contract'
import type { TimelineItem } from '@deskbell/contract'
import { createTestDatabase, startTestDesk } from '../../testing/index.ts'
import type { TestDatabase, TestDesk, TestPerson } from '../../testing/index.ts'
import { pagesRead, settle } from '../../testing/pages-read.ts'
import { writeComments } from '../../testing/write-comments.ts'
import { readMissed } from './read-missed.ts'

let desk: TestDesk
let ada: TestPerson
let ben: TestPerson
let sam: TestPerson
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  desk = await startTestDesk({}, { database })
  ada = await desk.someone('admin', 'Ada')
  ben = await desk.someone('admin', 'Ben')
  sam = await desk.someone('sales', 'Sam')
})
afterAll(() => desk.stop())

async function raise(title: string): Promise<string> {
  const made = await sam.call('createTicket', { body: { title, description: '' } })
  return made.body.ticket.id
}

async function say(by: TestPerson, id: string, body: string, internal = false) {
  const { status } = await by.call('addComment', { params: { id }, body: { body, internal } })
  expect(status).toBe(201)
}

async function missed(by: TestPerson, since: string) {
  const { status, body } = await by.call('missed', { query: { since } })
  expect(status).toBe(200)
  const tickets = body.tickets.map(({ ticket, lines, earlier }) => ({
    title: ticket.title,
    lines: lines.map(wordsOf),
    earlier,
  }))
  return { ...body, tickets }
}

function wordsOf(item: TimelineItem): string {
  return item.kind === 'comment' ? item.comment.body : item.kind
}

const now = () => new Date().toISOString()

test('says what others did on the tickets that concern a reader, the newest lines of each', async () => {
  const mine = await raise('Mine')
  const others = await raise('Of others')
  await ada.call('editTicket', { params: { id: mine }, body: { assigneeId: ada.id } })
  const since = now()
  for (const word of ['one', 'two', 'three', 'four']) await say(sam, mine, word)
  await say(ada, mine, 'An answer')
  await say(sam, others, 'Hello?')
  await ben.call('changePriority', { params: { id: others }, body: { priority: 'high' } })
  // Ada has just answered without having seen the rest.
  const { tickets, more } = await missed(ada, since)
  expect(tickets).toEqual([{ title: 'Mine', lines: ['two', 'three', 'four'], earlier: true }])
  expect(more).toBe(false)

  await ben.call('changePriority', { params: { id: others }, body: { priority: 'urgent' } })
  const raised = await raise('New')
  expect((await missed(ada, since)).tickets).toEqual([
    { title: 'New', lines: ['created'], earlier: false },
    { title: 'Of others', lines: ['Hello?', 'priority', 'priority'], earlier: false },
    { title: 'Mine', lines: ['two', 'three', 'four'], earlier: true },
  ])

  const { body } = await ada.call('ticket', { params: { ref: raised } })
  await ada.call('markSeen', { params: { id: raised }, body: { seq: body.ticket.version } })
  const left = (await missed(ada, since)).tickets.map(({ title }) => title)
  expect(left).toEqual(['Of others', 'Mine'])
})

test('a requester hears of no note, of no removed comment, and of nothing that the system did', async () => {
  const id = await raise('Quiet')
  const since = now()
  await say(ada, id, 'Between us', true)
  await say(ada, id, 'Sent by mistake')
  const { body } = await sam.call('ticket', { params: { ref: id } })
  const sent = body.timeline.findLast((item) => item.kind === 'comment')
  await ada.call('deleteComment', { params: { id: sent?.comment.id ?? '' } })
  expect((await missed(sam, since)).tickets).toEqual([])
  await say(ada, id, 'Now to you')
  expect((await missed(sam, since)).tickets).toEqual([
    { title: 'Quiet', lines: ['Now to you'], earlier: false },
  ])
})

test('goes back a week, and has a bound', async () => {
  const reader = await desk.someone('admin', 'Rita')
  for (let made = 0; made <= limits.missedTickets; made += 1) await raise(`Ticket ${made}`)
  const { tickets, more, since } = await missed(reader, '2020-01-01T00:00:00.000Z')
  expect([tickets.length, more]).toEqual([limits.missedTickets, true])
  expect(tickets[0]?.title).toBe(`Ticket ${limits.missedTickets}`)
  expect(Date.now() - Date.parse(since)).toBeLessThan(limits.missedMs + 60_000)
  const refused = await reader.call('missed', { query: { since: 'yesterday' } })
  expect(refused.status).toBe(400)
})

test('costs as much however long a history was before', async () => {
  const id = await raise('Long')
  await ada.call('editTicket', { params: { id }, body: { assigneeId: ada.id } })
  await say(sam, id, 'Early')
  const early = new Date(Date.now() - 2 * 24 * 3_600_000).toISOString()
  const age = (table: 'events' | 'timeline') =>
    database.db.updateTable(table).set({ at: early }).execute()
  await age('events')
  await age('timeline')
  const reader = { id: ada.id, role: 'admin' } as const
  const since = new Date(Date.now() - 3_600_000).toISOString()
  const read = async () => {
    await settle(database)
    return pagesRead(database, (db) => readMissed(db, reader, since))
  }
  const before = await read()
  const words = 'all of it '
  await writeComments(database.db, {
    ticketId: id,
    authorId: sam.id,
    count: 10_000,
    length: 80,
    words,
  })
  await sql`update timeline set at = ${early} where at > ${since} and seq > (select max(seq) from events)`.execute(
    database.db,
  )
  await say(sam, id, 'Late')
  expect((await missed(ada, since)).tickets).toMatchObject([{ title: 'Long', lines: ['Late'] }])
  expect(await read()).toBeLessThan(before + 250)
})
