import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { activeStatuses, limits, pressing, sorts } from '@deskbell/contract'
import { readNames } from '../../people/accounts.ts'
import { createTestDatabase, startTestDesk } from '../../testing/index.ts'
import type { TestDatabase, TestDesk, TestPerson } from '../../testing/index.ts'
import { pagesRead, settle } from '../../testing/pages-read.ts'
import { listTickets } from './list-tickets.ts'
import { readMissed } from './read-missed.ts'
import { countTickets } from './read-tickets.ts'

const raised = 20
const watched = 10
const ofSam = raised + watched

let database: TestDatabase
let desk: TestDesk
let ada: TestPerson
let sam: TestPerson
/** The account of a front desk, which raises tickets for many people. */
let flo: TestPerson
beforeAll(async () => {
  database = await createTestDatabase()
  desk = await startTestDesk({}, { database })
  ada = await desk.someone('admin', 'Ada')
  sam = await desk.someone('sales', 'Sam')
  flo = await desk.someone('sales', 'Flo')
  await raise(sam, raised)
  await raise(ada, 5_000)
  for (const person of [sam, flo]) {
    await sql`insert into watchers (ticket_id, person_id)
      select id, ${person.id} from tickets where creator_id = ${ada.id} order by number limit ${watched}`.execute(
      database.db,
    )
  }
})
afterAll(() => desk.stop())

async function raise(by: TestPerson, count: number): Promise<void> {
  await sql`insert into tickets (id, title, description, creator_id, assignee_id, priority, status, created_at, updated_at,
      version, staff_version)
    select gen_random_uuid(), 'Printer ' || n, 'It prints nothing', ${by.id}, case when n % 3 = 0 then ${ada.id}::uuid end,
      (enum_range(null::priority))[1 + n % 4], (enum_range(null::status))[1 + n % 5],
      now() - n * interval '1 minute', now() - n * interval '1 minute', 1, 1
    from generate_series(1, ${count}::integer) n`.execute(database.db)
  await sql`insert into ticket_eyes (ticket_id, active, asked, asked_at, looked, number, pressing)
    select id, status in ('open', 'in_progress', 'waiting'), 0, created_at, number % 3 > 0, number, pressing(priority)
    from tickets on conflict do nothing`.execute(database.db)
  await sql`insert into timeline (seq, ticket_id, at, actor_id, kind, staff_only)
    select 1000000 + number, id, created_at, creator_id, 'created', false
    from tickets on conflict do nothing`.execute(database.db)
}

const filters: Partial<Parameters<typeof listTickets>[2]>[] = [
  {},
  { status: ['open', 'waiting'] },
  { priority: ['urgent'] },
  { creator: 'me' },
  { assignee: 'none' },
]
const searches = [{ q: 'printer' }, { q: 'printer nothing' }]

type Pages = [read: string, pages: number][]

async function pagesOfReads(): Promise<Pages> {
  await settle(database)
  return [
    ['counters', await pagesRead(database, (db) => countTickets(db, sam))],
    ['names', await pagesRead(database, (db) => readNames(db, sam))],
    ...(await pagesOfLists(sam, [...filters, ...searches, { creator: ada.id }])),
  ]
}

test('staff read the tickets that nobody has looked at, most pressing first, from an index, however many they are', async () => {
  const pagesOfUnlooked = async (): Promise<Pages> => {
    await settle(database)
    const reads: Pages = []
    const status = [...activeStatuses]
    const narrower: typeof filters = [{}, { assignee: 'none' }, { priority: ['low'] }]
    for (const filter of narrower) {
      const wanted = { eyes: 'none', status, sort: pressing, ...filter, limit: 2 } as const
      const first = await listTickets(database.db, ada, wanted)
      for (const after of [undefined, first.next ?? '']) {
        const request = { ...wanted, after }
        const pages = await pagesRead(database, (db) => listTickets(db, ada, request))
        reads.push([JSON.stringify(request), pages])
      }
    }
    return reads
  }
  const few = await pagesOfUnlooked()
  for (const more of [5_000, 5_000, 5_000]) await raise(flo, more)
  expect(grownReads(few, await pagesOfUnlooked(), ofSam)).toEqual([])
}, 60_000)

test('what was missed is read from what concerns the reader and a bounded part of the rest', async () => {
  const since = new Date(Date.now() - limits.missedMs).toISOString()
  const pagesOfMissed = async (): Promise<Pages> => {
    await settle(database)
    const reads: Pages = []
    for (const person of [ada, sam])
      reads.push([person.name, await pagesRead(database, (db) => readMissed(db, person, since))])
    return reads
  }
  const few = await pagesOfMissed()
  // Nobody else did anything on these, so no line of them ends the search.
  for (const more of [5_000, 5_000, 5_000]) await raise(ada, more)
  expect(grownReads(few, await pagesOfMissed(), 5_000)).toEqual([])
}, 60_000)

/** The pages that each list of a requester takes. */
async function pagesOfLists(reader: TestPerson, chosen: typeof filters): Promise<Pages> {
  await settle(database)
  const reads: Pages = []
  for (const sort of sorts) {
    for (const filter of [...chosen, { assignee: ada.id }]) {
      const request = { ...filter, sort, limit: 2 } as const
      const first = await listTickets(database.db, reader, request)
      const after = first.next ?? ''
      expect([sort, filter, after]).not.toEqual([sort, filter, ''])
      const name = `${sort} ${JSON.stringify(filter)}`
      reads.push([name, await pagesRead(database, (db) => listTickets(db, reader, request))])
      const later = { ...request, after }
      reads.push([
        `${name}, later`,
        await pagesRead(database, (db) => listTickets(db, reader, later)),
      ])
    }
  }
  return reads
}

/** The reads that take more pages now, by more than `tolerance`. */
function grownReads(before: Pages, now: Pages, tolerance: number): unknown[] {
  const many = new Map(now)
  const grown = before.filter(([read, pages]) => (many.get(read) ?? 0) > pages + tolerance)
  return grown.map(([read, pages]) => [read, pages, many.get(read)])
}

test("a requester's lists, counters, names and searches read what is on their tickets, however many others there are", async () => {
  const few = await pagesOfReads()
  for (const more of [5_000, 5_000, 5_000]) await raise(ada, more)
  // In larger tables, each ticket may be on another page of the table and of an index.
  expect(grownReads(few, await pagesOfReads(), 3 * ofSam)).toEqual([])
}, 60_000)

async function createTags<N extends string>(...names: N[]): Promise<Record<N, string>> {
  const ids = names.map(async (name) => {
    const body = { name, color: 'red', internal: false } as const
    return [name, (await ada.call('createTag', { body })).body.item.id]
  })
  return Object.fromEntries(await Promise.all(ids)) as Record<N, string>
}

/** The pages that each read by a tag takes. */
async function pagesOfTagReads(
  tags: Record<string, string>,
): Promise<[read: string, pages: number][]> {
  await settle(database)
  const { common = '', rare = '', unused = '' } = tags
  const wanted: Partial<Parameters<typeof listTickets>[2]>[] = [
    { tag: [rare] },
    { tag: [unused] },
    { tag: [common] },
    { tag: [rare, unused] },
    { tag: [rare, common], tagMode: 'all' },
    { tag: [unused, common], tagMode: 'all' },
    { tag: [rare, unused], tagMode: 'none' },
    { tag: [common], tagMode: 'none' },
    { tag: [rare], status: ['open'] },
    { tag: [unused], assignee: 'none', priority: ['urgent'] },
    { q: 'tag:rare' },
    { q: 'tag:unknown' },
    { q: 'tag:common tag:rare' },
    { q: 'tag:common' },
  ]
  const reads: [string, number][] = []
  for (const sort of ['-updated', 'created', '-priority'] as const) {
    for (const person of [ada, sam]) {
      for (const filter of wanted) {
        const request = { ...filter, sort, limit: 2 } as const
        const name = `${person.role} ${sort} ${JSON.stringify(filter)}`
        reads.push([name, await pagesRead(database, (db) => listTickets(db, person, request))])
      }
    }
  }
  return reads
}

test('lists and searches by tags read few tickets, however many there are, and however many have a tag', async () => {
  const tags = await createTags('common', 'rare', 'unused')
  // The oldest tickets have the rare tag, half of all the common one.
  await sql`insert into ticket_tags (ticket_id, tag_id)
    select id, ${tags['rare']} from (select id from tickets order by staff_updated_at limit 3) oldest`.execute(
    database.db,
  )
  const tagHalf = () =>
    sql`insert into ticket_tags (ticket_id, tag_id)
      select id, ${tags['common']} from tickets where number / 4 % 2 = 0 on conflict do nothing`.execute(
      database.db,
    )
  for (const more of [5_000, 5_000]) await raise(ada, more)
  await tagHalf()
  const few = await pagesOfTagReads(tags)
  for (const more of [5_000, 5_000, 5_000]) await raise(ada, more)
  await tagHalf()
  const many = new Map(await pagesOfTagReads(tags))

  const grown = few.filter(([read, pages]) => (many.get(read) ?? 0) > pages + 3 * ofSam)
  expect(grown.map(([read, pages]) => [read, pages, many.get(read)])).toEqual([])
}, 120_000)

test('a page by tags that are on the last tickets of a list, or never together, reads a part of the list, and the next goes on', async () => {
  const tags = await createTags('older', 'newer')
  const tagHalves = () =>
    sql`insert into ticket_tags (ticket_id, tag_id)
      select id, case when staff_updated_at < now() - interval '2500 minutes'
        then ${tags.older}::uuid else ${tags.newer}::uuid end
      from tickets on conflict do nothing`.execute(database.db)
  const { older, newer } = tags
  const far: typeof filters = [
    { tag: [older] },
    { tag: [newer], tagMode: 'none' },
    { tag: [older, newer], tagMode: 'all' },
    { q: 'tag:older tag:newer' },
  ]
  const pagesOfFar = async () => {
    await settle(database)
    const reads: Pages = []
    for (const filter of far) {
      const request = { ...filter, sort: '-updated', limit: 2 } as const
      const name = JSON.stringify(filter)
      reads.push([name, await pagesRead(database, (db) => listTickets(db, ada, request))])
    }
    return reads
  }
  await tagHalves()
  const few = await pagesOfFar()
  for (const more of [5_000, 5_000, 5_000]) await raise(ada, more)
  await tagHalves()
  // Each ticket may be on another page now.
  expect(grownReads(few, await pagesOfFar(), 15_000)).toEqual([])

  const { rows } = await sql<{ number: number }>`select number from tickets t
    where exists (select from ticket_tags where ticket_id = t.id and tag_id = ${tags.older})
    order by staff_updated_at desc, number desc limit 3`.execute(database.db)
  expect(await firstFound({ tag: [tags.older] })).toEqual(rows.map(({ number }) => number))
  expect(await firstFound({ tag: [tags.older, tags.newer], tagMode: 'all' })).toEqual([])
}, 120_000)

/** The numbers of the first three tickets of a list, however many pages come before them. */
async function firstFound(filter: (typeof filters)[number]): Promise<number[]> {
  const found: number[] = []
  let after: string | undefined
  do {
    const request = { ...filter, sort: '-updated', limit: 3, after } as const
    const page = await listTickets(database.db, ada, request)
    found.push(...page.items.map(({ number }) => number))
    after = page.next ?? undefined
  } while (found.length < 3 && after !== undefined)
  return found.slice(0, 3)
}

test('lists of a requester read what they show, however many tickets the requester raised', async () => {
  const { absent } = await createTags('absent')
  await raise(flo, 6_000)
  const few = await pagesOfLists(flo, filters)
  const searched = await pagesOfTag(flo, absent)
  for (const more of [5_000, 5_000, 5_000]) await raise(flo, more)
  expect(grownReads(few, await pagesOfLists(flo, filters), 3 * watched)).toEqual([])
  // Each ticket may be on another page now.
  expect(grownReads(searched, await pagesOfTag(flo, absent), 15_000)).toEqual([])
}, 60_000)

async function pagesOfTag(reader: TestPerson, tag: string): Promise<Pages> {
  const reads: Pages = []
  for (const sort of sorts) {
    const request = { tag: [tag], sort, limit: 2 }
    reads.push([sort, await pagesRead(database, (db) => listTickets(db, reader, request))])
  }
  return reads
}
