import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { limits } from '@deskbell/contract'
import { acquireLease, LeaseLostError } from '../database/lease.ts'
import type { Lease } from '../database/lease.ts'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { lockWaiters } from '../testing/lock-waiters.ts'
import { closeDueTickets } from './close-due-tickets.ts'

let desk: TestDesk
let ada: TestPerson
let sam: TestPerson
let root: TestPerson
let lease: Lease
beforeEach(async () => {
  desk = await startTestDesk()
  ada = await desk.someone('admin', 'Ada')
  sam = await desk.someone('sales', 'Sam')
  root = await desk.someone('super_admin', 'Root')
  await vi.waitUntil(holdsClosing)
  lease = await takeOver()
})
afterEach(() => desk.stop())

/** Whether the desk's own node does the closing. */
async function holdsClosing(): Promise<boolean> {
  const rows = await desk.db.selectFrom('leases').select('name').execute()
  return rows.some(({ name }) => name === 'closing')
}

/** Another node, after the desk's own has not renewed its lease in time. */
async function takeOver(): Promise<Lease> {
  for (;;) {
    await sql`update leases set expires_at = 'epoch' where name = 'closing'`.execute(desk.db)
    const taken = await acquireLease(desk.db, 'closing', 600_000)
    // The desk's node may have renewed it in between.
    if (taken !== undefined) return taken
  }
}

function close(by = lease): Promise<void> {
  return closeDueTickets(desk.db, by, (bug) => expect.unreachable(String(bug)))
}

async function resolved(): Promise<string> {
  const made = await sam.call('createTicket', { body: { title: 'Printer', description: '' } })
  const { id } = made.body.ticket
  await ada.call('changeStatus', { params: { id }, body: { status: 'resolved' } })
  return id
}

/** As if the last public event had been so many days ago. */
async function age(days: number, id?: string): Promise<void> {
  const which = id === undefined ? sql`true` : sql`id = ${id}`
  await sql`update tickets set updated_at = now() - ${days} * interval '1 day' where ${which}`.execute(
    desk.db,
  )
}

async function status(id: string): Promise<string> {
  return (await ada.call('ticket', { params: { ref: id } })).body.ticket.status
}

async function countClosed(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from tickets where status = 'closed'`.execute(desk.db)
  return rows[0]?.count ?? 0
}

test('a resolved ticket is closed after seven days without a public event, and its history says so', async () => {
  const [due, young] = [await resolved(), await resolved()]
  const open = await sam.call('createTicket', { body: { title: 'Screen', description: '' } })
  await age(7.01)
  await age(6.99, young)
  // An internal note is no public event.
  await ada.call('addComment', { params: { id: due }, body: { body: 'A note', internal: true } })
  await close()

  expect([await status(due), await status(young), await status(open.body.ticket.id)]).toEqual([
    'closed',
    'resolved',
    'open',
  ])
  const { timeline } = (await sam.call('ticket', { params: { ref: due } })).body
  expect(timeline.at(-1)).toMatchObject({
    kind: 'status',
    old: 'resolved',
    new: 'closed',
    afterDays: 7,
    actor: { kind: 'system', name: 'closing' },
  })
})

test('a public comment or a reopening puts the closing off', async () => {
  const [commented, reopened] = [await resolved(), await resolved()]
  await age(8)
  await ada.call('addComment', { params: { id: commented }, body: { body: 'One more thing' } })
  await sam.call('changeStatus', { params: { id: reopened }, body: { status: 'open' } })
  await close()
  expect([await status(commented), await status(reopened)]).toEqual(['resolved', 'open'])
})

test('a ticket that gets a reply while it is being closed stays resolved', async () => {
  const id = await resolved()
  await age(8)
  const goOn = Promise.withResolvers<void>()
  const isLocked = Promise.withResolvers<void>()
  // A reply that holds the ticket's lock, and has not committed yet.
  const replying = desk.db.transaction().execute(async (tx) => {
    await sql`update tickets set updated_at = now(), version = version + 1, staff_version = staff_version + 1
      where id = ${id}`.execute(tx)
    isLocked.resolve()
    await goOn.promise
  })
  await isLocked.promise
  const closing = close()
  await expect.poll(() => lockWaiters(desk.db)).toBe(1)
  goOn.resolve()
  await Promise.all([replying, closing])
  expect(await status(id)).toBe('resolved')
})

test('a change of the setting counts at once, and 0 closes none', async () => {
  const id = await resolved()
  await age(300)
  await root.call('editDeskSettings', { body: { closeAfterDays: 0 } })
  await close()
  expect(await status(id)).toBe('resolved')
  await root.call('editDeskSettings', { body: { closeAfterDays: 301 } })
  await close()
  expect(await status(id)).toBe('resolved')
  await root.call('editDeskSettings', { body: { closeAfterDays: 299 } })
  await close()
  expect(await status(id)).toBe('closed')
})

test('of a large backlog at most 200 tickets are closed a minute, whichever nodes do it', async () => {
  await sql`insert into tickets (id, title, description, status, creator_id, updated_at)
    select gen_random_uuid(), 'Old', '', 'resolved', ${sam.id}, now() - interval '30 days'
    from generate_series(1, 230)`.execute(desk.db)
  await close()
  expect(await countClosed()).toBe(limits.closedPerMinute)

  // Another node does not begin a new minute.
  const next = await takeOver()
  await close(next)
  expect(await countClosed()).toBe(limits.closedPerMinute)
  await expect(close(lease)).resolves.toBe(undefined)

  await sql`update timeline set at = at - interval '1 minute'`.execute(desk.db)
  await close(next)
  expect(await countClosed()).toBe(230)
  const { rows } = await sql<{ count: number }>`
    select count(distinct ticket_id) from timeline where system = 'closing'`.execute(desk.db)
  expect(rows[0]?.count).toBe(230)
})

test('a node that was paused closes nothing after another took over', async () => {
  const id = await resolved()
  await age(8)
  const next = await takeOver()
  await expect(close(lease)).rejects.toThrow(LeaseLostError)
  expect(await status(id)).toBe('resolved')
  await close(next)
  expect(await status(id)).toBe('closed')
})

test('two nodes that close at once close each ticket once', async () => {
  const ids = await Promise.all(Array.from({ length: 8 }, resolved))
  await age(8)
  await Promise.all([close(), close()])
  expect(await countClosed()).toBe(8)
  const lines = await desk.db
    .selectFrom('timeline')
    .select('ticket_id')
    .where('system', '=', 'closing')
    .execute()
  expect(lines.map((line) => line.ticket_id).toSorted()).toEqual(ids.toSorted())
})

test('a server closes due tickets by itself, also after a restart', async () => {
  await lease.release()
  const id = await resolved()
  await age(8)
  await desk.restart()
  await expect.poll(() => status(id), { timeout: 20_000 }).toBe('closed')
})

test('finding due tickets reads only those', async () => {
  await sql`insert into tickets (id, title, description, status, creator_id, updated_at)
    select gen_random_uuid(), 'Old', '', 'closed', ${sam.id}, now() - interval '30 days'
    from generate_series(1, 5000)`.execute(desk.db)
  await sql`analyze tickets, timeline`.execute(desk.db)
  const { rows } = await sql<{ 'QUERY PLAN': string }>`explain
    select id from tickets
    where status = 'resolved' and updated_at <= clock_timestamp() - 7 * interval '1 day' order by updated_at limit 200`.execute(
    desk.db,
  )
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('tickets_resolved')
})
