import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { visibleTickets } from './readers.ts'

let desk: TestDesk
let people: { ada: TestPerson; sam: TestPerson; ben: TestPerson; cleo: TestPerson }
beforeAll(async () => {
  desk = await startTestDesk()
  people = {
    ada: await desk.someone('admin', 'Ada'),
    sam: await desk.someone('sales', 'Sam'),
    ben: await desk.someone('sales', 'Ben'),
    cleo: await desk.someone('sales', 'Cleo'),
  }
})
afterAll(() => desk.stop())

/** The rows of the relation, as `name: why`. */
async function rowsOf(ticketId: string): Promise<string[]> {
  const { rows } = await sql<{ row: string }>`
    select p.name || ': ' || r.why as row from ticket_readers r join people p on p.id = r.person_id
    where r.ticket_id = ${ticketId} order by row`.execute(desk.db)
  return rows.map(({ row }) => row)
}

/** The names of the people who get the next event of the ticket, without those who get it as staff. */
async function audienceOf(ticketId: string): Promise<string[]> {
  const { ada } = people
  const body = { body: 'A word', internal: false }
  await ada.call('addComment', { params: { id: ticketId }, body })
  const { rows } = await sql<{ name: string }>`
    select name from people where id = any((
      select people from events where ticket_id = ${ticketId} order by seq desc limit 1)::uuid[]) order by name`.execute(
    desk.db,
  )
  return rows.map(({ name }) => name)
}

/** Whether each way to read or change a ticket shows it to this person. */
async function waysToSee(person: TestPerson, id: string, title: string): Promise<boolean[]> {
  const listed = async (query: object) =>
    (await person.call('tickets', { query })).body.items.some((item) => item.id === id)
  const read = await person.call('ticket', { params: { ref: id } })
  const timeline = await person.call('timeline', { params: { ref: id }, query: { before: '9' } })
  const files = await person.call('files', { params: { ref: id }, query: {} })
  const seen = await person.call('markSeen', { params: { id }, body: { seq: 1 } })
  const replayed = await visibleTickets(desk.db, person, [id])
  return [
    ...[read, timeline, files, seen].map(({ status }) => status === 200),
    await listed({}),
    await listed({ q: title }),
    ...(person.role === 'sales' ? [replayed.has(id)] : []),
  ]
}

test('[AU1] the relation of readers decides every way to see a ticket, and the people of its events', async () => {
  const { ada, sam, ben, cleo } = people
  const title = 'Teleprinter'
  const made = await sam.call('createTicket', { body: { title, description: '' } })
  const { id } = made.body.ticket
  const watch = (who: TestPerson) => ada.call('watch', { params: { id, userId: who.id } })
  const unwatch = (who: TestPerson) => ada.call('unwatch', { params: { id, userId: who.id } })
  const steps: [change: () => Promise<unknown>, rows: string[]][] = [
    [() => Promise.resolve(), ['Sam: creator']],
    [() => watch(ben), ['Ben: watcher', 'Sam: creator']],
    [() => watch(sam), ['Ben: watcher', 'Sam: creator', 'Sam: watcher']],
    [() => watch(ada), ['Ada: watcher', 'Ben: watcher', 'Sam: creator', 'Sam: watcher']],
    [() => unwatch(ben), ['Ada: watcher', 'Sam: creator', 'Sam: watcher']],
    [() => unwatch(sam), ['Ada: watcher', 'Sam: creator']],
    [() => unwatch(ada), ['Sam: creator']],
  ]
  for (const [change, expected] of steps) {
    await change()
    const rows = await rowsOf(id)
    expect(rows).toEqual(expected)
    const readers = new Set(rows.map((row) => row.slice(0, row.indexOf(':'))))
    expect([rows, await audienceOf(id)]).toEqual([rows, [...readers]])
    for (const person of [ada, sam, ben, cleo]) {
      const ways = await waysToSee(person, id, title)
      const sees = person.role !== 'sales' ? true : readers.has(person.name)
      expect([rows, person.name, ways]).toEqual([rows, person.name, ways.map(() => sees)])
    }
  }
})

test('[AU3] [AU4] access begins with the first reason to read a ticket and ends with the last', async () => {
  const { ada, sam, ben } = people
  const made = await sam.call('createTicket', { body: { title: 'Fax', description: '' } })
  const { id } = made.body.ticket
  for (const who of [sam, ben, ada]) {
    await ada.call('watch', { params: { id, userId: who.id } })
    await ada.call('unwatch', { params: { id, userId: who.id } })
  }
  const { rows } = await sql<{ event: string }>`
    select e.name || ' ' || p.name as event from events e join people p on p.id = any(e.people)
    where e.name like 'access:%' and e.ticket_id = ${id} order by seq`.execute(desk.db)
  expect(rows.map(({ event }) => event)).toEqual(['access:gained Ben', 'access:lost Ben'])
})
