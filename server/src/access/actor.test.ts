import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TimelineItem } from '@deskbell/contract'
import { serverContext } from '../audit/audit-context.ts'
import { migrate } from '../database/migrate.ts'
import { change } from '../log/change.ts'
import type { ChangeRequest } from '../log/change.ts'
import { createTestDatabase, startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { migrateUntil } from '../testing/migrate-until.ts'
import { statusEvent } from '../tickets/changes/change-status.ts'
import { lockTicket } from '../tickets/changes/lock-ticket.ts'
import { saveTicket } from '../tickets/changes/save-ticket.ts'
import type { SystemActor } from './actor.ts'

let desk: TestDesk
let ada: TestPerson
let bea: TestPerson
let sam: TestPerson
beforeAll(async () => {
  desk = await startTestDesk()
  ada = await desk.someone('admin', 'Ada')
  bea = await desk.someone('admin', 'Bea')
  sam = await desk.someone('sales', 'Sam')
})
afterAll(() => desk.stop())

const system = { kind: 'system', name: 'closing' } as const

function request(key: string = randomUUID()): ChangeRequest<SystemActor> {
  return { actor: system, key, fingerprint: '', audit: serverContext }
}

/** A change that the system makes. */
function close(id: string, by = request()): Promise<{ id: string }> {
  return change(desk.db, by, async (tx, actor) => {
    const { ticket } = await lockTicket(tx, actor, id)
    const closed = { ...ticket, status: 'closed' as const }
    await saveTicket(tx, ticket, closed)
    return { result: { id }, events: [statusEvent(ticket, closed)] }
  })
}

async function newTicket(): Promise<string> {
  const made = await sam.call('createTicket', { body: { title: 'Printer', description: '' } })
  return made.body.ticket.id
}

async function see(person: TestPerson, id: string): Promise<void> {
  const { body } = await person.call('ticket', { params: { ref: id } })
  await person.call('markSeen', { params: { id }, body: { seq: body.ticket.version } })
}

async function isUnseen(person: TestPerson, id: string): Promise<boolean> {
  const { ticket } = (await person.call('ticket', { params: { ref: id } })).body
  return ticket.seen < ticket.version
}

async function lastLine(id: string): Promise<TimelineItem | undefined> {
  return (await ada.call('ticket', { params: { ref: id } })).body.timeline.at(-1)
}

test('the log and the history name the system as the actor of its changes', async () => {
  const id = await newTicket()
  await close(id)
  expect(await lastLine(id)).toMatchObject({ kind: 'status', new: 'closed', actor: system })
  const event = await desk.db
    .selectFrom('events')
    .select('actor')
    .where('ticket_id', '=', id)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  expect(event?.actor).toEqual(system)
})

test('[RD9] what the system does leaves a seen ticket seen, and an unseen one unseen', async () => {
  const id = await newTicket()
  await see(ada, id)
  await close(id)
  await close(id)
  const unseen = () => Promise.all([ada, bea, sam].map((person) => isUnseen(person, id)))
  expect(await unseen()).toEqual([false, true, false])

  // The last news is enough to have seen it all.
  const news = (await desk.db.selectFrom('tickets').selectAll().where('id', '=', id).execute())[0]
  await bea.call('markSeen', { params: { id }, body: { seq: news?.staff_news_version ?? 0 } })
  expect(await unseen()).toEqual([false, false, false])

  await ada.call('addComment', { params: { id }, body: { body: 'A note', internal: true } })
  expect(await unseen()).toEqual([false, true, false])
  await ada.call('addComment', { params: { id }, body: { body: 'A reply' } })
  expect(await unseen()).toEqual([false, true, true])

  // Acting keeps it seen, also when the system acted in between.
  await see(sam, id)
  await close(id)
  await sam.call('addComment', { params: { id }, body: { body: 'Thanks' } })
  expect(await unseen()).toEqual([true, true, false])
})

test('[WR4] [WR5] a key of the system is its own, and changes nothing twice', async () => {
  const id = await newTicket()
  const key = randomUUID()
  const { body, status } = await ada.call('changeStatus', {
    params: { id },
    body: { status: 'resolved' },
    key,
  })
  expect(status).toBe(200)
  await close(id, request(key))
  const { seq } = (await lastLine(id)) ?? {}
  expect(seq).toBeGreaterThan(body.ticket.version)
  await close(id, request(key))
  expect(await lastLine(id)).toMatchObject({ seq })
})

test('[WR8] a write that is based on an older version is refused after a change by the system', async () => {
  const id = await newTicket()
  const { version } = (await ada.call('ticket', { params: { ref: id } })).body.ticket
  await close(id)
  const refused = await ada.call('changeStatus', {
    params: { id },
    body: { status: 'waiting', version },
  })
  expect(refused.body.code).toBe('ticket.changed')
})

test('events and keys from before there were other actors than people stay valid', async () => {
  await using database = await createTestDatabase()
  const { pool } = database
  await migrateUntil(database, '0020_actors.sql')
  const person = { id: randomUUID(), name: 'Old', staff: true, active: true }
  await pool.query(
    `insert into people (id, name, email, role) values ($1, 'Old', 'old@desk.example', 'admin')`,
    [person.id],
  )
  const key = randomUUID()
  await pool.query(
    `insert into idempotency_keys (person_id, key, fingerprint, result) values ($1, $2, 'print', '{"id": 1}')`,
    [person.id, key],
  )
  await pool.query(`select append_events($1, null, $2)`, [
    JSON.stringify(person),
    JSON.stringify([
      { name: 'person:settingsChanged', data: {}, audience: 'people', people: [person.id] },
    ]),
  ])
  await migrate(database.listen)

  const [event] = await database.db.selectFrom('events').select('actor').execute()
  expect(event?.actor).toEqual({ kind: 'person', person: { ...person, color: 0 } })
  const kept = await database.db.selectFrom('idempotency_keys').selectAll().execute()
  expect(kept).toMatchObject([
    { actor: `person:${person.id}`, key, fingerprint: 'print', result: { id: 1 } },
  ])
})
