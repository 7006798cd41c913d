import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logPosition } from '../../log/log-position.ts'
import { createFakeClock } from '../../testing/fake-clock.ts'
import { startTestDesk } from '../../testing/index.ts'
import type { TestDesk, TestPerson } from '../../testing/index.ts'
import { unlimited } from '../../testing/unlimited.ts'
import { gatherLooks } from './gather-looks.ts'
import type { Look } from './gather-looks.ts'

let desk: TestDesk
let ada: TestPerson
let sam: TestPerson
beforeAll(async () => {
  desk = await startTestDesk({}, { limiter: unlimited })
  ada = await desk.someone('admin', 'Ada')
  sam = await desk.someone('sales', 'Sam')
})
afterAll(() => desk.stop())

const all = Number.MAX_SAFE_INTEGER

/** A ticket that somebody has looked at, so that no further look is the first. */
async function newTicket(): Promise<string> {
  const made = await sam.call('createTicket', { body: { title: 'Printer', description: '' } })
  const { id } = made.body.ticket
  await ada.call('addComment', { params: { id }, body: { body: 'Mine', internal: true } })
  return id
}

function staff(count: number): Promise<TestPerson[]> {
  return Promise.all(Array.from({ length: count }, () => desk.someone('admin', 'Colleague')))
}

async function lookOf(person: TestPerson, ticketId: string): Promise<Look> {
  const { id, name, role } = person
  const session = await desk.db
    .selectFrom('sessions')
    .select('id')
    .where('person_id', '=', id)
    .executeTakeFirstOrThrow()
  const actor = { kind: 'person', id, name, role, color: 0, sessionId: session.id } as const
  return { actor, ticketId, seq: all, commandId: null }
}

/** The events of looks after a position: each with the number of its transaction. */
async function looksSince(seq: number) {
  const { rows } = await sql<{ seq: number; tx: string }>`
    select seq, xmin::text as tx from events where name = 'ticket:seen' and seq > ${seq} order by seq`.execute(
    desk.db,
  )
  return { events: rows.map((row) => row.seq), transactions: new Set(rows.map(({ tx }) => tx)) }
}

test('[WR10] ten people who read one new comment cost at most two transactions at the log', async () => {
  const readers = await staff(10)
  const id = await newTicket()
  await sam.call('addComment', { params: { id }, body: { body: 'Any news?' } })
  const { seq } = await logPosition(desk.db)
  const answers = await Promise.all(
    readers.map((reader) => reader.call('markSeen', { params: { id }, body: { seq } })),
  )
  expect(answers.map(({ body }) => body.seen)).toEqual(readers.map(() => seq))
  const { events, transactions } = await looksSince(seq)
  expect(events).toHaveLength(10)
  expect(transactions.size).toBeLessThanOrEqual(2)
})

test('[WR7] a look needs no Idempotency-Key, takes any, and leaves no row of it', async () => {
  const id = await newTicket()
  const keysBefore = await desk.db.selectFrom('idempotency_keys').select('key').execute()
  const { seq } = await logPosition(desk.db)
  const mark = (person: TestPerson, headers: Record<string, string>) =>
    fetch(`${desk.url}/api/tickets/${id}/seen`, {
      method: 'PUT',
      headers: { cookie: person.cookie, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ seq }),
    })
  const [one, two, three] = await staff(3)
  if (!one || !two || !three) throw new Error('three of the staff')
  const key = randomUUID()
  const answers = [
    await mark(one, {}),
    await mark(two, { 'idempotency-key': key }),
    await mark(three, { 'idempotency-key': 'no UUID' }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  const commands = await desk.db
    .selectFrom('events')
    .select('command_id')
    .where('seq', '>', seq)
    .orderBy('seq')
    .execute()
  expect(commands.map(({ command_id }) => command_id)).toEqual([null, key, null])
  expect(await desk.db.selectFrom('idempotency_keys').select('key').execute()).toEqual(keysBefore)
})

test('[WR3] [WR10] looks that are refused change nothing, and keep nothing from the others', async () => {
  const id = await newTicket()
  const [reader, leaving] = await staff(2)
  if (!reader || !leaving) throw new Error('two of the staff')
  const stranger = await desk.someone('sales', 'Stranger')
  const late = await lookOf(leaving, id)
  await leaving.call('signOut')
  const looks = gatherLooks(desk.db, createFakeClock())
  const { seq } = await logPosition(desk.db)
  const marked = [
    await lookOf(stranger, id),
    await lookOf(reader, randomUUID()),
    late,
    await lookOf(reader, id),
    await lookOf(reader, id),
  ].map((look) => looks.mark(look))
  await looks.flush()
  const outcomes = await Promise.allSettled(marked)
  expect(
    outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'done')),
  ).toEqual(['not.found', 'not.found', 'session.none', 'done', 'done'])
  expect((await looksSince(seq)).events).toEqual([seq + 1])
  expect((await logPosition(desk.db)).seq).toBe(seq + 1)
})

test('[WR10] looks are gathered for 250 ms, and written 100 at a time', async () => {
  const readers = await staff(120)
  const id = await newTicket()
  const clock = createFakeClock()
  const looks = gatherLooks(desk.db, clock)
  const { seq } = await logPosition(desk.db)
  const all = await Promise.all(readers.map((reader) => lookOf(reader, id)))
  const marked = Promise.all(all.map((look) => looks.mark(look)))
  await clock.advance(249)
  expect((await looksSince(seq)).events).toEqual([])
  await clock.advance(1)
  await marked
  const { events, transactions } = await looksSince(seq)
  expect([events.length, transactions.size]).toEqual([120, 2])
})

test('a server that stops writes the looks that wait', async () => {
  const id = await newTicket()
  const { seq } = await logPosition(desk.db)
  const looks = gatherLooks(desk.db, createFakeClock())
  const marked = looks.mark(await lookOf(ada, id))
  await looks.flush()
  await marked
  expect((await looksSince(seq)).events).toEqual([seq + 1])

  const other = await newTicket()
  const before = await logPosition(desk.db)
  const answer = ada.call('markSeen', { params: { id: other }, body: { seq: all } })
  // The answer on another connection shows that the server has read what came before.
  await ada.call('me')
  await desk.restart()
  expect((await answer).status).toBe(200)
  expect((await looksSince(before.seq)).events).toEqual([before.seq + 1])
})

test('[LG1] [WR2] looks and comments of the same people on the same tickets neither deadlock nor leave gaps', async () => {
  const people = await staff(4)
  const ids = [await newTicket(), await newTicket()]
  const before = await logPosition(desk.db)
  const deadlocks = async () => {
    const { rows } = await sql<{ deadlocks: number }>`
      select deadlocks from pg_stat_database where datname = current_database()`.execute(desk.db)
    return rows[0]?.deadlocks
  }
  const deadlocksBefore = await deadlocks()
  const work = people.flatMap((person, index) => {
    const comment = async (turn: number) => {
      const body = { body: `${turn}`, internal: turn % 3 === 0 }
      const made = await person.call('addComment', { params: { id: ids[turn % 2] ?? '' }, body })
      return made.status
    }
    // A node of its own.
    const looks = gatherLooks(desk.db, createFakeClock())
    const look = async (turn: number) => {
      const marked = [
        looks.mark(await lookOf(person, ids[turn % 2] ?? '')),
        looks.mark(await lookOf(people[(index + 1) % 4] ?? person, ids[(turn + 1) % 2] ?? '')),
      ]
      await looks.flush()
      await Promise.all(marked)
      return 201
    }
    return [comment, comment, look, look, look]
  })
  const statuses = await Promise.all(
    work.map(async (act) => {
      const done: number[] = []
      for (let turn = 0; turn < 12; turn += 1) done.push(await act(turn))
      return done
    }),
  )
  expect(new Set(statuses.flat())).toEqual(new Set([201]))
  expect(await deadlocks()).toBe(deadlocksBefore)
  const rows = await desk.db
    .selectFrom('events')
    .select('seq')
    .where('seq', '>', before.seq)
    .orderBy('seq')
    .execute()
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => before.seq + 1 + index))
  expect((await logPosition(desk.db)).seq).toBe(rows.at(-1)?.seq)
})
