import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { limits, plainFields } from '@deskbell/contract'
import type { Reply } from '@deskbell/contract'
import { fieldSamples } from '@deskbell/contract/testing'
import { logPosition } from '../../log/log-position.ts'
import { startTestDesk } from '../../testing/index.ts'
import type { TestDesk, TestPerson } from '../../testing/index.ts'
import { lockWaiters } from '../../testing/lock-waiters.ts'

let desk: TestDesk
let ada: TestPerson
let root: TestPerson
let sam: TestPerson
beforeAll(async () => {
  desk = await startTestDesk()
  ada = await desk.someone('admin', 'Ada')
  root = await desk.someone('super_admin', 'Root')
  sam = await desk.someone('sales', 'Sam')
})
afterAll(() => desk.stop())

async function newTicket(): Promise<string> {
  const made = await sam.call('createTicket', { body: { title: 'Printer', description: '' } })
  return made.body.ticket.id
}

async function read(id: string, person = ada): Promise<Reply<'ticket'>['ticket']> {
  return (await person.call('ticket', { params: { ref: id } })).body.ticket
}

function edit(person: TestPerson, id: string, body: object) {
  return person.call('editTicket', { params: { id }, body: { ...body } })
}

test('[WR8] a write conflicts when someone else changed that field since, and the error has the current value', async () => {
  const id = await newTicket()
  const params = { id }
  const { version } = await read(id)
  const theirs = Object.fromEntries(plainFields.map((name) => [name, fieldSamples[name][0]]))
  await edit(root, id, { ...theirs, assigneeId: root.id })
  await root.call('changeStatus', { params, body: { status: 'waiting' } })
  await root.call('changePriority', { params, body: { priority: 'high' } })
  const before = await logPosition(desk.db)

  const mine = plainFields.map(
    async (name) =>
      [name, await edit(ada, id, { [name]: fieldSamples[name][1], version })] as const,
  )
  const answers = {
    ...Object.fromEntries(await Promise.all(mine)),
    assignee: await edit(ada, id, { assigneeId: ada.id, version }),
    status: await ada.call('changeStatus', { params, body: { status: 'closed', version } }),
    priority: await ada.call('changePriority', { params, body: { priority: 'low', version } }),
  }
  const now = {
    ...theirs,
    assignee: { id: root.id },
    status: 'waiting',
    priority: 'high',
  }
  for (const [field, { status, body }] of Object.entries(answers)) {
    expect([field, status, body.code]).toEqual([field, 409, 'ticket.changed'])
    const current = now[field as keyof typeof now]
    expect(body.details).toMatchObject({ field, current, ticket: { id, status: 'waiting' } })
  }
  expect(await logPosition(desk.db)).toEqual(before)
})

test("[WR8] another field, one's own earlier change, a newer version or none do not conflict", async () => {
  const id = await newTicket()
  const { version } = await read(id)
  await edit(root, id, { title: 'Theirs' })
  expect((await edit(ada, id, { description: 'Mine', version })).status).toBe(200)
  expect((await edit(ada, id, { description: 'Mine again', version })).status).toBe(200)
  expect((await edit(ada, id, { title: 'Mine', version })).status).toBe(409)
  expect((await edit(ada, id, { title: 'Theirs', version })).status).toBe(200)
  expect((await edit(ada, id, { title: 'Mine', version: (await read(id)).version })).status).toBe(
    200,
  )
  expect((await edit(root, id, { title: 'Whatever' })).status).toBe(200)
})

test('[WR8] of two writers at once from the same version, the second gets the change of the first', async () => {
  for (let turn = 0; turn < 5; turn += 1) {
    const id = await newTicket()
    const { version } = await read(id)
    const answers = await Promise.all([
      edit(ada, id, { title: 'A', version }),
      edit(root, id, { title: 'B', version }),
    ])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  }
})

test('only active staff can be assigned, also during a demotion', async () => {
  const id = await newTicket()
  const bob = await desk.someone('admin', 'Bob')
  const gone = await desk.someone('admin', 'Gone')
  await root.call('editPerson', { params: { id: gone.id }, body: { active: false } })
  for (const assigneeId of [sam.id, gone.id, '00000000-0000-4000-8000-000000000000']) {
    const { status, body } = await edit(ada, id, { assigneeId })
    expect([status, body.code]).toEqual([409, 'ticket.assigneeUnavailable'])
  }
  const assigning = await whileChanging(bob, { role: 'sales' }, () =>
    edit(ada, id, { assigneeId: bob.id }),
  )
  expect([assigning.status, assigning.body.code]).toEqual([409, 'ticket.assigneeUnavailable'])
})

test('a person cannot be made a watcher during their deactivation', async () => {
  const id = await newTicket()
  const zoe = await desk.someone('sales', 'Zoe')
  const watching = await whileChanging(zoe, { active: false }, () =>
    ada.call('watch', { params: { id, userId: zoe.id } }),
  )
  expect([watching.status, watching.body.code]).toEqual([409, 'person.inactive'])
})

test('the number of watchers of a ticket is limited', async () => {
  const id = await newTicket()
  const people = await Promise.all(
    Array.from({ length: limits.watchersPerTicket }, (_, index) =>
      desk.someone('sales', `Watcher ${index}`),
    ),
  )
  const [last, ...rest] = people.map((person) => ({ ticket_id: id, person_id: person.id }))
  if (last === undefined) throw new Error('there are some')
  await desk.db.insertInto('watchers').values(rest).execute()
  const watch = (userId: string) => ada.call('watch', { params: { id, userId } })
  expect((await watch(last.person_id)).status).toBe(200)
  expect(await watch(ada.id)).toMatchObject({
    status: 409,
    body: { code: 'ticket.tooManyWatchers' },
  })
  // A person who watches already does not count as another.
  expect((await watch(last.person_id)).status).toBe(200)
})

/** Returns the answer to a call that comes while a change of a person is not committed yet. */
async function whileChanging<T>(
  { id }: TestPerson,
  body: { role?: 'sales'; active?: boolean },
  call: () => Promise<T>,
): Promise<T> {
  const { changing, called } = await desk.db.transaction().execute(async (tx) => {
    // Appending waits from now on.
    await sql`select 1 from log for update`.execute(tx)
    const first = root.call('editPerson', { params: { id }, body })
    await expect.poll(() => lockWaiters(desk.db)).toBe(1)
    const second = call()
    await expect.poll(() => lockWaiters(desk.db)).toBe(2)
    return { changing: first, called: second }
  })
  expect((await changing).status).toBe(200)
  return called
}

test('an assignee who was deactivated or demoted stays, and does not count as one', async () => {
  const bob = await desk.someone('admin', 'Bob')
  const id = await newTicket()
  await edit(ada, id, { assigneeId: bob.id })
  const params = { id: bob.id }
  const unassigned = async () => {
    const { counters } = (await ada.call('counters')).body
    const { items } = (await ada.call('tickets', { query: { assignee: 'none', status: 'open' } }))
      .body
    return [counters.unassigned, items.some((item) => item.id === id)]
  }
  const [count] = await unassigned()
  expect(await unassigned()).toEqual([count, false])
  for (const [off, on] of [
    [{ active: false }, { active: true }],
    [{ role: 'sales' as const }, { role: 'admin' as const }],
  ] as const) {
    await root.call('editPerson', { params, body: off })
    expect(await unassigned()).toEqual([Number(count) + 1, true])
    expect((await read(id)).assignee).toMatchObject({ id: bob.id })
    await root.call('editPerson', { params, body: on })
    expect(await unassigned()).toEqual([count, false])
  }
})

test('a creator edits open tickets, closes and reopens them, and leaves the rest to staff', async () => {
  const id = await newTicket()
  const params = { id }
  const move = (status: 'open' | 'waiting' | 'resolved' | 'closed') =>
    sam.call('changeStatus', { params, body: { status } })
  expect((await edit(sam, id, { title: 'Mine' })).status).toBe(200)
  expect((await move('waiting')).body.code).toBe('forbidden')
  expect((await move('resolved')).body.code).toBe('forbidden')
  expect((await move('closed')).status).toBe(200)
  expect((await edit(sam, id, { title: 'Mine still' })).body.code).toBe('forbidden')
  expect((await move('open')).status).toBe(200)
  expect((await edit(sam, id, { assigneeId: ada.id })).body.code).toBe('forbidden')
  const priority = await sam.call('changePriority', { params, body: { priority: 'urgent' } })
  expect(priority.body.code).toBe('forbidden')
})

test('[RD9] seen moves forward only, never past the newest event, and belongs to one person', async () => {
  const id = await newTicket()
  const params = { id }
  const seen = async (person: TestPerson) => {
    const { seen: upTo, version } = await read(id, person)
    return upTo >= version
  }
  expect([await seen(sam), await seen(ada)]).toEqual([true, false])
  const { version } = await read(id)
  const marked = await ada.call('markSeen', { params, body: { seq: 2 ** 40 } })
  expect(marked.body.seen).toBe(version)
  const back = await ada.call('markSeen', { params, body: { seq: 1 } })
  expect(back.body.seen).toBe(version)

  await ada.call('changeStatus', { params, body: { status: 'waiting' } })
  expect([await seen(sam), await seen(ada)]).toEqual([false, true])
  await ada.call('addComment', { params, body: { body: 'Note', internal: true } })
  await sam.call('markSeen', { params, body: { seq: 2 ** 40 } })
  expect([await seen(sam), await seen(ada), await seen(root)]).toEqual([true, true, false])
})

test('a change that does not touch the texts of a ticket does not index them again', async () => {
  const id = await newTicket()
  const indexed = async () => {
    const { rows } = await sql<{ by: string }>`
      select xmin::text as by from ticket_texts where ticket_id = ${id}`.execute(desk.db)
    return rows[0]?.by
  }
  const first = await indexed()
  await ada.call('changeStatus', { params: { id }, body: { status: 'closed' } })
  await edit(ada, id, { assigneeId: ada.id })
  expect(await indexed()).toBe(first)
  await edit(ada, id, { title: 'Scanner' })
  expect(await indexed()).not.toBe(first)
})

test('an id for a new ticket can be used once', async () => {
  const id = '0199aaaa-0000-7000-8000-000000000001'
  const body = { id, title: 'One', description: '' }
  expect((await sam.call('createTicket', { body })).body.ticket.id).toBe(id)
  const again = await ada.call('createTicket', { body })
  expect([again.status, again.body.code]).toEqual([400, 'request.invalid'])
})
