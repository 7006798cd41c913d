import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { serverContext } from '../audit/audit-context.ts'
import { connectDatabase } from '../database/open-database.ts'
import { changeStatus } from '../tickets/changes/change-status.ts'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { lockWaiters } from '../testing/lock-waiters.ts'
import type { NewEvent } from './append-events.ts'
import { change, transact, withRetries } from './change.ts'
import type { ChangeRequest } from './change.ts'
import { logPosition } from './log-position.ts'

let desk: TestDesk
let ada: TestPerson
let sam: TestPerson
beforeAll(async () => {
  desk = await startTestDesk()
  ada = await desk.someone('admin', 'Ada')
  sam = await desk.someone('sales', 'Sam')
})
afterAll(() => desk.stop())

async function newTicket(by = sam): Promise<string> {
  const made = await by.call('createTicket', { body: { title: 'Printer', description: '' } })
  expect(made.status).toBe(201)
  return made.body.ticket.id
}

async function head(): Promise<number> {
  return (await logPosition(desk.db)).seq
}

async function countOf(table: 'tickets' | 'idempotency_keys' | 'comments'): Promise<number> {
  const rows = await desk.db
    .selectFrom(table)
    .select(sql<number>`count(*)`.as('n'))
    .execute()
  return rows[0]?.n ?? 0
}

function command(person: TestPerson, sessionId: string): ChangeRequest {
  const { id, name, role } = person
  return {
    actor: { kind: 'person', id, name, role, color: 0, sessionId },
    key: randomUUID(),
    fingerprint: '',
    audit: serverContext,
  }
}

async function sessionOf(person: TestPerson): Promise<string> {
  const { id } = await desk.db
    .selectFrom('sessions')
    .select('id')
    .where('person_id', '=', person.id)
    .executeTakeFirstOrThrow()
  return id
}

test('[WR1] a change whose event cannot be written is undone completely', async () => {
  const id = await newTicket()
  const before = [await head(), await countOf('idempotency_keys')]
  await sql`create function fail() returns trigger language plpgsql as $$ begin raise 'disk full'; end $$`.execute(
    desk.db,
  )
  await sql`create trigger fail before insert on events execute function fail()`.execute(desk.db)
  const failed = await ada.call('changeStatus', { params: { id }, body: { status: 'closed' } })
  await sql`drop trigger fail on events`.execute(desk.db)

  expect(failed.status).toBe(500)
  expect(failed.body.code).toBe('internal')
  expect([await head(), await countOf('idempotency_keys')]).toEqual(before)
  const read = await ada.call('ticket', { params: { ref: id } })
  expect(read.body.ticket.status).toBe('open')
})

test('[WR1] [WR6] a refused change leaves no event and no trace of its key', async () => {
  const id = await newTicket(ada)
  const before = [await head(), await countOf('idempotency_keys')]
  const key = randomUUID()
  const refused = await sam.call('changeStatus', {
    params: { id },
    body: { status: 'closed' },
    key,
  })
  expect([refused.status, refused.body.code]).toEqual([404, 'not.found'])
  expect([await head(), await countOf('idempotency_keys')]).toEqual(before)

  await ada.call('watch', { params: { id, userId: sam.id } })
  const body = { body: 'Now I may' }
  const allowed = await sam.call('addComment', { params: { id }, body, key })
  expect(allowed.status).toBe(201)
})

test('a change to the current value creates no event, and neither does a change without fields', async () => {
  const id = await newTicket()
  await ada.call('watch', { params: { id, userId: ada.id } })
  const before = await head()
  const params = { id }
  const same = [
    await ada.call('changeStatus', { params, body: { status: 'open' } }),
    await ada.call('changePriority', { params, body: { priority: 'medium' } }),
    await ada.call('editTicket', { params, body: { title: 'Printer', assigneeId: null } }),
    await ada.call('editTicket', { params, body: {} }),
    await ada.call('watch', { params: { id, userId: ada.id } }),
    await ada.call('unwatch', { params: { id, userId: sam.id } }),
    await ada.call('editMe', { body: { name: 'Ada' } }),
  ]
  expect(same.map(({ status }) => status)).toEqual(same.map(() => 200))
  expect(await head()).toBe(before)
})

test('[WR4] five requests at once with one key create one ticket, and all five get it', async () => {
  const before = [await head(), await countOf('tickets')]
  const key = randomUUID()
  const body = { title: 'Once', description: '' }
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => sam.call('createTicket', { body, key })),
  )
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])
  expect(new Set(answers.map((answer) => answer.body.ticket.id)).size).toBe(1)
  expect([await head(), await countOf('tickets')]).toEqual(before.map((n) => n + 1))
})

test('[WR4] a key is known after a restart that came before the reply', async () => {
  const id = await newTicket()
  const key = randomUUID()
  const call = () => sam.call('addComment', { params: { id }, body: { body: 'Hello' }, key })
  const first = await call()
  const before = await head()
  await desk.restart()
  const again = await call()
  expect(again.status).toBe(201)
  expect(again.body.comment).toEqual(first.body.comment)
  expect(await head()).toBe(before)
})

test('[WR4] the reply to a repeated change shows what the reader may see now', async () => {
  const id = await newTicket(ada)
  await ada.call('watch', { params: { id, userId: sam.id } })
  const key = randomUUID()
  const call = () => sam.call('addComment', { params: { id }, body: { body: 'Mine' }, key })
  expect((await call()).status).toBe(201)
  await ada.call('unwatch', { params: { id, userId: sam.id } })
  const again = await call()
  expect([again.status, again.body.code]).toEqual([404, 'not.found'])
})

test('[WR4] the stored result of a change contains no text that a person wrote', async () => {
  await sam.call('createTicket', { body: { title: 'xyzzy', description: 'xyzzy' } })
  const rows = await desk.db.selectFrom('idempotency_keys').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain('xyzzy')
})

test('[WR5] the same key with another body or for another route is refused', async () => {
  const key = randomUUID()
  const body = { title: 'One', description: '' }
  const made = await sam.call('createTicket', { body, key })
  const { id } = made.body.ticket
  const before = await head()
  const other = await sam.call('createTicket', { body: { ...body, title: 'Two' }, key })
  const elsewhere = await sam.call('addComment', { params: { id }, body: { body: 'One' }, key })
  for (const refused of [other, elsewhere])
    expect([refused.status, refused.body.code]).toEqual([409, 'idempotency.mismatch'])
  expect(await head()).toBe(before)
})

test("[WR5] another person's use of the same key is another change", async () => {
  const key = randomUUID()
  const body = { title: 'One', description: '' }
  const [one, two] = await Promise.all([
    sam.call('createTicket', { body, key }),
    ada.call('createTicket', { body, key }),
  ])
  expect([one.status, two.status]).toEqual([201, 201])
  expect(one.body.ticket.id).not.toBe(two.body.ticket.id)
})

test('[WR7] a change whose key is not a UUID is refused', async () => {
  const body = { title: 'One', description: '' }
  for (const key of ['', 'one', '1234']) {
    const refused = await sam.call('createTicket', { body, key })
    expect([refused.status, refused.body.code]).toEqual([400, 'idempotency.missing'])
  }
})

test('[LG3] whatever appends events wakes the followers after its commit, and nothing else does', async () => {
  const { db } = desk
  let woken = 0
  const stop = db.appended.on(() => (woken += 1))
  const sessionId = await sessionOf(ada)
  const id = await newTicket()
  expect(woken).toBe(1)
  await changeStatus(db, command(ada, sessionId), id, 'waiting')
  expect(woken).toBe(2)

  // A change that changes nothing, a repeated one, and one that is undone.
  const again = command(ada, sessionId)
  await changeStatus(db, again, id, 'waiting')
  await changeStatus(db, again, id, 'waiting')
  const undone = new Error('undone')
  const attempt = transact(db, serverContext, async (_tx, _record, append) => {
    await append(null, [settingsEvent(ada.id)])
    throw undone
  })
  await expect(attempt).rejects.toBe(undone)
  await transact(db, serverContext, (_tx, _record, append) => append(null, []))
  expect(woken).toBe(2)

  await transact(db, serverContext, (_tx, _record, append) => append(null, [settingsEvent(ada.id)]))
  expect(woken).toBe(3)
  stop()
})

function settingsEvent(personId: string): NewEvent {
  const data = { settings: { theme: 'auto', autoAdvance: true, receipts: true } } as const
  return { name: 'person:settingsChanged', data, audience: 'people', people: [personId] }
}

test('[WR2] a change is retried after a deadlock, and the caller does not notice', async () => {
  const ids = [await newTicket(), await newTicket()]
  const sessionId = await sessionOf(ada)
  const before = await head()
  const met = Promise.withResolvers<void>()
  let arrived = 0
  let attempts = 0

  const crossed = ([first, second]: string[]) =>
    change(desk.db, command(ada, sessionId), async (tx) => {
      attempts += 1
      await sql`select 1 from tickets where id = ${first} for no key update`.execute(tx)
      arrived += 1
      if (arrived === 2) met.resolve()
      await met.promise
      await sql`select 1 from tickets where id = ${second} for no key update`.execute(tx)
      return { result: {}, events: [] }
    })
  await Promise.all([crossed(ids), crossed(ids.toReversed())])
  expect(attempts).toBe(3)
  expect(await head()).toBe(before)
})

test.each(['tickets', 'log'] as const)(
  '[WR2] a change that waits too long for a lock on the %s is refused as busy, and nothing changes',
  async (table) => {
    const id = await newTicket()
    const { rows } = await sql<{ database: string }>`select current_database() as database`.execute(
      desk.db,
    )
    const { administration, user } = inject('testServer')
    const impatient = connectDatabase(
      { ...administration, user, database: rows[0]?.database ?? '', lock_timeout: 20 },
      pino({ level: 'silent' }),
    )
    const sessionId = await sessionOf(ada)
    const before = [await head(), await countOf('idempotency_keys')]
    await desk.db.transaction().execute(async (tx) => {
      await sql`select 1 from ${sql.table(table)} for update`.execute(tx)
      const changing = changeStatus(impatient.db, command(ada, sessionId), id, 'closed')
      await expect(changing).rejects.toMatchObject({ code: 'busy', status: 503 })
    })
    expect([await head(), await countOf('idempotency_keys')]).toEqual(before)
    await impatient.pool.end()
  },
)

test('[WR2] reads work while changes wait for locks', async () => {
  const id = await newTicket()
  const waiting = sql<{ count: number }>`
    select count(*)::integer as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  const changing = await desk.db.transaction().execute(async (tx) => {
    await sql`select 1 from tickets where id = ${id} for update`.execute(tx)
    const calls = Array.from({ length: 16 }, () =>
      ada.call('addComment', { params: { id }, body: { body: 'Hello' } }),
    )
    const held = async () => (await waiting.execute(desk.db)).rows[0]?.count
    await expect.poll(held, { timeout: 5_000 }).toBe(7)
    for (let count = 0; count < 5; count += 1) expect((await sam.call('tickets')).status).toBe(200)
    expect(await held()).toBe(7)
    return { calls }
  })
  const statuses = (await Promise.all(changing.calls)).map(({ status }) => status)
  expect(new Set(statuses)).toEqual(new Set([201]))
})

test('changes that wait on one database do not hold up those on another', async () => {
  const { administration } = inject('testServer')
  const open = () => connectDatabase(administration, pino({ level: 'silent' }))
  const [one, other] = [open(), open()]
  const end = Promise.withResolvers<string>()
  let running = 0
  const waiting = Array.from({ length: 20 }, () =>
    withRetries(one.db, () => {
      running += 1
      return end.promise
    }),
  )
  await expect.poll(() => running).toBe(7)
  expect(await withRetries(other.db, () => Promise.resolve('done'))).toBe('done')
  expect(running).toBe(7)
  end.resolve('later')
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(['later']))
  for (const { pool } of [one, other]) await pool.end()
})

test('[WR3] a waiting change is refused after its actor was demoted, deactivated or signed out', async () => {
  const root = await desk.someone('super_admin', 'Root')
  const ends = {
    demoted: (id: string) => root.call('editPerson', { params: { id }, body: { role: 'sales' } }),
    deactivated: (id: string) =>
      root.call('editPerson', { params: { id }, body: { active: false } }),
    'signed out': (id: string) => root.call('endSessions', { params: { id } }),
  }
  for (const [name, end] of Object.entries(ends)) {
    const ticketId = await newTicket()
    const bob = await desk.someone('admin', 'Bob')
    const { ending, changing } = await desk.db.transaction().execute(async (tx) => {
      // Appending waits from now on: first the end of the session, and behind it the change.
      await sql`select 1 from log for update`.execute(tx)
      const started = end(bob.id)
      await expect.poll(() => lockWaiters(desk.db)).toBe(1)
      const body = { status: 'closed' } as const
      const late = bob.call('changeStatus', { params: { id: ticketId }, body })
      await expect.poll(() => lockWaiters(desk.db)).toBe(2)
      return { ending: started, changing: late }
    })
    expect((await ending).status, name).toBe(200)
    const { status, body } = await changing
    expect([name, status, body.code]).toEqual([name, 401, 'session.none'])
  }
})

test('[WR2] one person may change their own account in two windows at once without a deadlock', async () => {
  const root = await desk.someone('super_admin', 'Root')
  const zoe = await desk.someone('sales', 'Zoe')
  const before = await deadlocks()
  for (let turn = 0; turn < 5; turn += 1) {
    const answers = await Promise.all([
      root.call('editMe', { body: { name: `Root ${turn}` } }),
      root.call('editMe', { body: { settings: { theme: turn % 2 ? 'dark' : 'light' } } }),
      root.call('editMe', { body: { name: `Root ${turn}` } }),
      root.call('editPerson', {
        params: { id: zoe.id },
        body: { role: turn % 2 ? 'sales' : 'admin' },
      }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  }
  expect(await deadlocks()).toBe(before)
})

test('[DL7] no event shows a person as they were before an earlier event', async () => {
  const root = await desk.someone('super_admin', 'Root')
  const bob = await desk.someone('admin', 'Bob')
  const id = await newTicket()
  await ada.call('editTicket', { params: { id }, body: { assigneeId: bob.id } })
  const changes = await desk.db.transaction().execute(async (tx) => {
    // Appending waits from now on: first the deactivation, and behind it a change of a ticket assigned to the person.
    await sql`select 1 from log for update`.execute(tx)
    const deactivated = root.call('editPerson', { params: { id: bob.id }, body: { active: false } })
    await expect.poll(() => lockWaiters(desk.db)).toBe(1)
    const moved = ada.call('changeStatus', { params: { id }, body: { status: 'waiting' } })
    await expect.poll(() => lockWaiters(desk.db)).toBe(2)
    return [deactivated, moved]
  })
  expect((await Promise.all(changes)).map(({ status }) => status)).toEqual([200, 200])
  const last = await desk.db
    .selectFrom('events')
    .select(['name', 'data', 'staff_ticket'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  expect(last).toMatchObject({
    name: 'ticket:statusChanged',
    data: { before: { assignee: { id: bob.id, active: false } } },
    staff_ticket: { assignee: { id: bob.id, active: false } },
  })
})

async function deadlocks(): Promise<number> {
  const { rows } = await sql<{ deadlocks: number }>`
    select deadlocks from pg_stat_database where datname = current_database()`.execute(desk.db)
  return rows[0]?.deadlocks ?? -1
}

test('[LG1] [WR2] of conflicting changes over many connections none is lost and none fails, and the log stays dense', async () => {
  const root = await desk.someone('super_admin', 'Root')
  const bob = await desk.someone('admin', 'Bob')
  const ids = [await newTicket(bob), await newTicket(bob)]
  const before = { head: await head(), deadlocks: await deadlocks() }
  const statuses = ['open', 'in_progress', 'waiting', 'resolved', 'closed'] as const
  const answers = await Promise.all(
    Array.from({ length: 12 }, async (_, worker) => {
      const codes: string[] = []
      for (let turn = 0; turn < 12; turn += 1) {
        const params = { id: ids[(worker + turn) % 2] ?? '' }
        const status = statuses[(worker * 5 + turn) % 5] ?? 'open'
        const answer = await [
          () => ada.call('changeStatus', { params, body: { status } }),
          () => bob.call('addComment', { params, body: { body: `${worker}` } }),
          () =>
            root.call('editTicket', { params, body: { assigneeId: turn % 2 ? bob.id : ada.id } }),
          () => root.call('editMe', { body: { name: `Root ${worker} ${turn}` } }),
        ][worker % 4]?.()
        codes.push(String(answer?.status))
      }
      return codes
    }),
  )
  expect(new Set(answers.flat())).toEqual(new Set(['200', '201']))
  expect(await deadlocks()).toBe(before.deadlocks)

  const events = await desk.db
    .selectFrom('events')
    .select(['seq', 'name'])
    .where('seq', '>', before.head)
    .orderBy('seq')
    .execute()
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => before.head + 1 + index))
  const counts = await desk.db
    .selectFrom('tickets')
    .select('comment_count')
    .where('id', 'in', ids)
    .execute()
  const comments = events.filter(({ name }) => name === 'ticket:commentAdded')
  expect(comments).toHaveLength(36)
  expect(counts.reduce((sum, row) => sum + row.comment_count, 0)).toBe(36)
})
