import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFakeClock } from '../testing/fake-clock.ts'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { unlimited } from '../testing/unlimited.ts'
import { gatherLooks } from './changes/gather-looks.ts'

let desk: TestDesk
let root: TestPerson
/** Who acts, by name: two of the staff, a requester who watches, and the one who raises tickets, of either kind. */
let people: Record<string, TestPerson>
beforeAll(async () => {
  desk = await startTestDesk({}, { limiter: unlimited })
  root = await desk.someone('super_admin', 'Root')
  people = {
    ada: await desk.someone('admin', 'Ada'),
    bea: await desk.someone('admin', 'Bea'),
    walt: await desk.someone('sales', 'Walt'),
    sam: await desk.someone('sales', 'Sam'),
  }
})
afterAll(() => desk.stop())

const who = fc.constantFrom('ada', 'bea', 'walt', 'sam')
const staff = fc.constantFrom('ada', 'bea')
const step = fc.oneof(
  fc.record({ does: fc.constant('look' as const), who, back: fc.nat({ max: 4 }) }),
  fc.record({ does: fc.constant('comment' as const), who, internal: fc.boolean() }),
  fc.record({
    does: fc.constant('move' as const),
    who: staff,
    to: fc.constantFrom('waiting', 'closed', 'open'),
  }),
  fc.record({ does: fc.constant('withdraw' as const), to: fc.constantFrom('closed', 'open') }),
  fc.record({ does: fc.constant('press' as const), to: fc.constantFrom('low', 'high', 'urgent') }),
  fc.record({
    does: fc.constant('turn' as const),
    who: staff,
    to: fc.constantFrom('sales', 'admin'),
  }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

async function perform(ticketId: string, creator: TestPerson, made: Step): Promise<void> {
  const params = { id: ticketId }
  const person = 'who' in made ? people[made.who] : creator
  if (person === undefined) throw new Error('somebody acts')
  switch (made.does) {
    case 'look':
      return look(person, ticketId, made.back)
    case 'comment':
      await person.call('addComment', { params, body: { body: 'Word', internal: made.internal } })
      return
    case 'move':
    case 'withdraw':
      await person.call('changeStatus', { params, body: { status: made.to } })
      return
    case 'press':
      await person.call('changePriority', { params, body: { priority: made.to } })
      return
    case 'turn':
      await turn(person, made.to)
  }
}

/** Up to an event that is so many events back. */
async function look({ id, name, role }: TestPerson, ticketId: string, back: number) {
  const session = await desk.db
    .selectFrom('sessions')
    .select('id')
    .where('person_id', '=', id)
    .executeTakeFirst()
  if (session === undefined) return
  const { head } = await desk.db.selectFrom('log').select('head').executeTakeFirstOrThrow()
  const looks = gatherLooks(desk.db, createFakeClock())
  const actor = { kind: 'person', id, name, role, color: 0, sessionId: session.id } as const
  const before = await rowOf(ticketId)
  const marked = looks.mark({ actor, ticketId, seq: head - back, commandId: null })
  await Promise.allSettled([marked, looks.flush()])
  // A look moves neither the version of the ticket nor its place in a list.
  expect(await rowOf(ticketId)).toEqual(before)
}

function rowOf(ticketId: string) {
  return desk.db.selectFrom('tickets').selectAll().where('id', '=', ticketId).executeTakeFirst()
}

/** Another role ends the sessions: the person signs in again. */
async function turn(person: TestPerson, role: string): Promise<void> {
  await desk.db.updateTable('sessions').set({ confirmed_at: new Date() }).execute()
  const { status } = await root.call('editPerson', { params: { id: person.id }, body: { role } })
  expect(status).toBe(200)
  const again = await desk.again(person)
  const name = Object.keys(people).find((one) => people[one]?.id === person.id) ?? ''
  people[name] = again
}

/** From the log alone: how many of the staff have looked at each ticket since it was last asked. */
async function counted() {
  const { rows } = await sql<{ id: string; active: boolean; people: number }>`
    with asked as (
      select t.id, max(e.seq) as seq from tickets t join events e on e.ticket_id = t.id
      where e.name in ('ticket:created', 'ticket:commentAdded') and e.audience <> 'staff'
        and ((e.actor -> 'person' ->> 'id')::uuid = t.creator_id or not (e.actor -> 'person' ->> 'staff')::boolean)
      group by t.id
    )
    select t.id, t.status in ('open', 'in_progress', 'waiting') as active, (
      select count(distinct e.actor -> 'person' ->> 'id') from events e
      where e.ticket_id = t.id and (e.actor -> 'person' ->> 'staff')::boolean
        and (e.actor -> 'person' ->> 'id')::uuid <> t.creator_id
        and case when e.name = 'ticket:seen' then (e.data ->> 'seen')::bigint >= asked.seq
          else e.seq >= asked.seq and e.staff_ticket is not null end
    )::integer as people
    from tickets t join asked on asked.id = t.id`.execute(desk.db)
  return rows
}

/** As they are kept. */
async function kept() {
  const { rows } = await sql<{ id: string; active: boolean; looked: boolean; people: number }>`
    select e.ticket_id as id, e.active, e.looked, (
      select count(*) from seen s where s.ticket_id = e.ticket_id and s.looked >= e.asked)::integer as people
    from ticket_eyes e`.execute(desk.db)
  return rows
}

/** Whether every ticket is kept at its place in the order of what presses. */
async function isInOrder(): Promise<boolean> {
  const { rows } = await sql`
    select from ticket_eyes e join tickets t on t.id = e.ticket_id
    where e.number <> t.number or e.pressing <> pressing(t.priority)`.execute(desk.db)
  return rows.length === 0
}

function byId<R extends { id: string }>(rows: readonly R[]): R[] {
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

test('[RD12] what is kept of who has looked is what the log says, after any sequence', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('sam', 'ada'),
      fc.array(step, { maxLength: 20 }),
      async (by, steps) => {
        for (const name of ['ada', 'bea']) {
          const person = people[name]
          if (person !== undefined) await turn(person, 'admin')
        }
        const creator = people[by]
        if (creator === undefined) throw new Error('somebody raises the ticket')
        const made = await creator.call('createTicket', {
          body: { title: 'Ticket', description: '' },
        })
        const { id } = made.body.ticket
        const userId = people['walt']?.id ?? ''
        await root.call('watch', { params: { id, userId } })
        for (const one of steps) await perform(id, people[by] ?? creator, one)

        const fresh = await counted()
        expect(byId(await kept())).toEqual(
          byId(fresh).map((row) => ({ ...row, looked: row.people > 0 })),
        )
        expect(await isInOrder()).toBe(true)
        const waiting = fresh.filter(({ active, people: count }) => active && count === 0)
        const listed = await root.call('tickets', { query: { eyes: 'none', limit: 100 } })
        expect(listed.body.items.map((item) => item.id).toSorted()).toEqual(
          waiting.map((row) => row.id).toSorted(),
        )
        expect(listed.body.items.every(({ looked }) => looked === false)).toBe(true)
        const { body } = await root.call('counters')
        expect(body.counters.unseenByStaff).toBe(waiting.length)
      },
    ),
    { numRuns: 25 },
  )
})
