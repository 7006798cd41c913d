import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, startTestDesk } from '../testing/index.ts'
import type { TestDatabase, TestDesk, TestPerson } from '../testing/index.ts'
import { pagesOf } from '../testing/pages-read.ts'
import { unlimited } from '../testing/unlimited.ts'

let database: TestDatabase
let desk: TestDesk
let ada: TestPerson
let grace: TestPerson
let sam: TestPerson
let ben: TestPerson
let cleo: TestPerson
beforeAll(async () => {
  database = await createTestDatabase()
  desk = await startTestDesk({}, { database, limiter: unlimited })
  ada = await desk.someone('admin', 'Ada')
  grace = await desk.someone('super_admin', 'Grace')
  sam = await desk.someone('sales', 'Sam')
  ben = await desk.someone('sales', 'Ben')
  cleo = await desk.someone('sales', 'Cleo')
})
afterAll(() => desk.stop())

async function rowsOf(query: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ row: string }>(query)
  return rows.map(({ row }) => row)
}

interface Kept {
  acquaintances: string[]
  assignedCounts: string[]
}

/** What append_events has kept so far. */
async function kept(): Promise<Kept> {
  return {
    acquaintances: await rowsOf(
      `select concat_ws(' ', p.name, r.name, a.tickets) as row from acquaintances a
       join people p on p.id = a.person_id join people r on r.id = a.reader_id order by row`,
    ),
    assignedCounts: await rowsOf(
      `select concat_ws(' ', name, c.active) as row from assigned_counts c join people p on p.id = c.person_id
       where c.active > 0 order by row`,
    ),
  }
}

/** The same, counted from the whole history. */
async function counted(): Promise<Kept> {
  return {
    acquaintances: await rowsOf(
      `with shown as (
         select ticket_id, (actor -> 'person' ->> 'id')::uuid as person_id from events
         where staff_ticket is not null and audience = 'participants'
         union select ticket_id, unnest(people) from timeline where not staff_only
       )
       select concat_ws(' ', p.name, r.name, count(distinct s.ticket_id)) as row
       from shown s join ticket_readers t using (ticket_id)
       join people p on p.id = s.person_id join people r on r.id = t.person_id
       where p.id <> r.id group by p.name, r.name order by row`,
    ),
    assignedCounts: await rowsOf(
      `select concat_ws(' ', name, count(*)) as row from tickets t join people p on p.id = t.assignee_id
       where status in ('open', 'in_progress', 'waiting') group by name order by row`,
    ),
  }
}

const kinds = [
  'create',
  'comment',
  'note',
  'correct',
  'assign',
  'unassign',
  'close',
  'reopen',
  'watch',
  'unwatch',
] as const

interface Step {
  kind: (typeof kinds)[number]
  by: number
  who: number
  ticket: number
}

/** Makes a change, or asks for one that is refused. */
async function make(tickets: string[], { kind, by, who, ticket }: Step): Promise<void> {
  const everyone = [ada, grace, sam, ben, cleo]
  const [actor = ada, person = ada] = [everyone[by], everyone[who]]
  if (kind === 'create' || tickets.length === 0) {
    const made = await actor.call('createTicket', { body: { title: 'Fax', description: '' } })
    tickets.push(made.body.ticket.id)
    return
  }
  const id = tickets[ticket % tickets.length] ?? ''
  const params = { id }
  const watcher = { params: { id, userId: person.id } }
  switch (kind) {
    case 'comment':
    case 'note':
      await actor.call('addComment', {
        params,
        body: { body: 'A word', internal: kind === 'note' },
      })
      return
    case 'correct': {
      const { rows } = await database.pool.query<{ id: string }>(
        'select id from comments where ticket_id = $1 order by created_at desc limit 1',
        [id],
      )
      const [comment] = rows
      if (comment)
        await grace.call('editComment', { params: comment, body: { body: `Of ${who} ${by}` } })
      return
    }
    case 'assign':
      await actor.call('editTicket', { params, body: { assigneeId: person.id } })
      return
    case 'unassign':
      await actor.call('editTicket', { params, body: { assigneeId: null } })
      return
    case 'close':
      await actor.call('changeStatus', { params, body: { status: 'closed' } })
      return
    case 'reopen':
      await actor.call('changeStatus', { params, body: { status: 'open' } })
      return
    case 'watch':
      await actor.call('watch', watcher)
      return
    case 'unwatch':
      await actor.call('unwatch', watcher)
      return
    default:
      throw new Error(kind satisfies never)
  }
}

/** The statements of the migration that fill the tables from the history. */
const backfill = /^insert into ticket_people[^]*?(?=^-- )/m.exec(
  readFileSync(
    path.resolve(import.meta.dirname, '../../migrations/0022_acquaintances.sql'),
    'utf8',
  ),
)?.[0]

test('whom a reader meets on their tickets, and how much a person is assigned, is kept as it is counted', async () => {
  const tickets: string[] = []
  const index = (count: number) => fc.nat({ max: count - 1 })
  const step: fc.Arbitrary<Step> = fc.record({
    kind: fc.constantFrom(...kinds),
    by: index(5),
    who: index(5),
    ticket: index(100),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 12 }), async (steps) => {
      for (const one of steps) await make(tickets, one)
      expect(await kept()).toEqual(await counted())
    }),
    { numRuns: 20, endOnFailure: true },
  )

  const before = await kept()
  expect(before.acquaintances.length).toBeGreaterThan(0)
  await database.pool.query(
    'delete from ticket_people; delete from acquaintances; delete from assigned_counts',
  )
  await database.pool.query(backfill ?? '')
  expect(await kept()).toEqual(before)
}, 60_000)

test('a person who lost access to the only ticket on which they met somebody does not hear of their new name', async () => {
  const made = await cleo.call('createTicket', { body: { title: 'Modem', description: '' } })
  const { id } = made.body.ticket
  const dora = await desk.someone('sales', 'Dora')
  const hears = async (name: string) => {
    await cleo.call('editMe', { body: { name } })
    const [people] = await rowsOf(
      `select people::text as row from events where name = 'person:changed' order by seq desc limit 1`,
    )
    return people?.includes(dora.id)
  }
  const watcher = { params: { id, userId: dora.id } }

  expect(await hears('Cleo One')).toBe(false)
  await ada.call('watch', watcher)
  expect(await hears('Cleo Two')).toBe(true)
  await ada.call('unwatch', watcher)
  expect(await hears('Cleo Three')).toBe(false)
})

test('an event that shows nobody new writes nothing about who meets whom', async () => {
  const made = await sam.call('createTicket', { body: { title: 'Scanner', description: '' } })
  const { id } = made.body.ticket
  const comment = () =>
    ada.call('addComment', { params: { id }, body: { body: 'A word', internal: false } })
  expect((await comment()).status).toBe(201)

  await database.pool.query(`
    create function refuse() returns trigger language plpgsql as $$ begin raise 'written'; end $$;
    create trigger refused before insert on ticket_people for each statement execute function refuse()`)
  try {
    expect((await comment()).status).toBe(201)
  } finally {
    await database.pool.query('drop trigger refused on ticket_people; drop function refuse')
  }
})

/** Adds tickets that Sam raised and Ada answered, as the changes would have left them. */
async function addTickets(count: number): Promise<void> {
  await database.pool.query(
    `with made as (
       insert into tickets (id, title, description, creator_id, assignee_id)
       select gen_random_uuid(), 'Fax', '', $1, $2 from generate_series(1, $3::integer) returning id
     )
     insert into timeline (seq, ticket_id, at, actor_id, kind, staff_only)
     select -1 - coalesce((select -min(seq) from timeline where seq < 0), 0) - row_number() over (), id, now(), $2, 'status', false
     from made`,
    [sam.id, ada.id, count],
  )
  await database.pool.query(
    'delete from ticket_people; delete from acquaintances; delete from assigned_counts',
  )
  await database.pool.query(backfill ?? '')
  // What PostgreSQL would do by itself sooner or later.
  await database.pool.query('vacuum analyze')
}

/** The pages that the append of a new name reads while it locks the log. */
async function pagesOfRename(): Promise<number> {
  const person = { id: ada.id, name: 'Ada Two', staff: true, active: true, color: 0 }
  const event = {
    name: 'person:changed',
    data: { person, wasAssignable: true },
    audience: 'participants',
    people: [],
  }
  const client = await database.pool.connect()
  await client.query('begin')
  const pages = await pagesOf(client, 'select * from append_events(null, null, $1::jsonb)', [
    JSON.stringify([event]),
  ])
  await client.query('rollback')
  client.release()
  return pages
}

test('while a new name is appended, as much is read on a desk of few tickets as on one of many', async () => {
  await addTickets(2_000)
  const few = await pagesOfRename()
  for (const more of [4_000, 4_000]) await addTickets(more)
  const many = await pagesOfRename()

  expect(many).toBeLessThanOrEqual(1.5 * few)
}, 60_000)
