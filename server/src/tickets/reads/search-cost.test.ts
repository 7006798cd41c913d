import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDesk, createTestDatabase } from '../../testing/index.ts'
import { pagesRead } from '../../testing/pages-read.ts'
import type { TestDatabase, TestDesk, TestPerson } from '../../testing/index.ts'
import { listTickets } from './list-tickets.ts'

let database: TestDatabase
let desk: TestDesk
let ada: TestPerson
let sam: TestPerson
let ofSam: string
let ofAda: string
beforeAll(async () => {
  database = await createTestDatabase()
  desk = await startTestDesk({}, { database })
  ada = await desk.someone('admin', 'Ada')
  sam = await desk.someone('sales', 'Sam')
  ofSam = await raise(sam)
  ofAda = await raise(ada)
  await comment(ofSam, { count: 300, text: 'public words', internal: false })
  // So many that PostgreSQL scans no table just because it is small.
  await comment(ofAda, { count: 3_000, text: 'public words', internal: false })
  await settle()
})
afterAll(() => desk.stop())

async function raise(by: TestPerson): Promise<string> {
  const body = { title: 'Printer', description: '' }
  return (await by.call('createTicket', { body })).body.ticket.id
}

interface Said {
  count: number
  text: string
  internal: boolean
}

async function comment(ticketId: string, { count, text, internal }: Said): Promise<void> {
  await sql`insert into comments (id, ticket_id, author_id, body, internal)
    select gen_random_uuid(), ${ticketId}, ${ada.id}, ${text}, ${internal}
    from generate_series(1, ${count}::integer)`.execute(database.db)
}

/** Does what PostgreSQL would do by itself sooner or later. */
async function settle(): Promise<void> {
  await database.pool.query('vacuum analyze')
}

function pagesOfSearch(reader: TestPerson, q: string): Promise<number> {
  return pagesRead(database, (db) => listTickets(db, reader, { q, sort: '-updated', limit: 50 }))
}

test("[DL8] the cost of a requester's search reveals nothing of what they may not see", async () => {
  const before = await pagesOfSearch(sam, 'kraken')
  // The ticket with the number would come first, which is sorted in another way.
  const beforeOfNumber = await pagesOfSearch(sam, '999998')
  expect(before).toBeGreaterThan(0)

  await comment(ofAda, { count: 3_000, text: 'A kraken ate the plotter', internal: false })
  await comment(ofAda, { count: 3_000, text: 'kraken', internal: true })
  await comment(ofSam, { count: 3_000, text: 'kraken', internal: true })
  await settle()

  const others = await ada.call('tickets', { query: { q: 'kraken' } })
  expect(others.body.items.map(({ id }) => id).toSorted()).toEqual([ofAda, ofSam].toSorted())
  const number = String(others.body.items.find(({ id }) => id === ofAda)?.number)
  for (const q of ['kraken', 'kraken plotter', 'k', 'nowhere', 'nowhere kraken']) {
    expect([q, await pagesOfSearch(sam, q)]).toEqual([q, before])
  }
  for (const q of [number, '999999'])
    expect([q, await pagesOfSearch(sam, q)]).toEqual([q, beforeOfNumber])
  // The cost of reading a found ticket does not depend on its notes either.
  const found = await pagesOfSearch(sam, 'printer')
  await comment(ofSam, { count: 3_000, text: 'printer', internal: true })
  await settle()
  expect(await pagesOfSearch(sam, 'printer')).toBe(found)
})

test('a requester finds every word of what they may see, and nothing else', async () => {
  const watched = await raise(ada)
  await ada.call('watch', { params: { id: watched, userId: sam.id } })
  await comment(watched, { count: 1, text: 'gorgon public', internal: false })
  await comment(ofSam, { count: 1, text: 'gorgon', internal: true })
  await comment(ofAda, { count: 1, text: 'gorgon public', internal: false })
  const find = async (q: string) =>
    (await sam.call('tickets', { query: { q } })).body.items.map(({ id }) => id)

  expect(await find('gorgon')).toEqual([watched])
  expect(await find('print gorg')).toEqual([watched])
  expect(await find('gorgon nowhere')).toEqual([])
  expect((await find('printer')).toSorted()).toEqual([watched, ofSam].toSorted())
  const { number } = (await ada.call('ticket', { params: { ref: watched } })).body.ticket
  expect(await find(`#${number}`)).toEqual([watched])
  const hidden = (await ada.call('ticket', { params: { ref: ofAda } })).body.ticket
  expect(await find(`#${hidden.number}`)).toEqual([])
})
