import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { limits } from '@deskbell/contract'
import type { Notification } from '@deskbell/contract'
import { startTestDesk } from '../testing/index.ts'
import { endSnoozeOf } from '../testing/end-snooze-of.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { unlimited } from '../testing/unlimited.ts'

let desk: TestDesk
let ada: TestPerson
let bea: TestPerson
let sam: TestPerson
beforeAll(async () => {
  desk = await startTestDesk({}, { limiter: unlimited })
  ada = await desk.someone('admin', 'Ada')
  bea = await desk.someone('admin', 'Bea')
  sam = await desk.someone('sales', 'Sam')
})
afterAll(() => desk.stop())

async function newTicket(by = sam): Promise<string> {
  const body = { title: 'Printer', description: '' }
  return (await by.call('createTicket', { body })).body.ticket.id
}

/** Returns the number of the event. */
async function say(by: TestPerson, id: string, internal = false): Promise<number> {
  await by.call('addComment', { params: { id }, body: { body: 'Look', internal } })
  const { body } = await ada.call('ticket', { params: { ref: id } })
  return body.timeline.findLast(({ kind }) => kind === 'comment')?.seq ?? 0
}

async function noticeOf(person: TestPerson, ticketId: string): Promise<Notification | undefined> {
  const rows = await desk.db
    .selectFrom('inbox')
    .select('notification')
    .where('person_id', '=', person.id)
    .where('ticket_id', '=', ticketId)
    .execute()
  return rows[0]?.notification
}

async function see(person: TestPerson, id: string): Promise<void> {
  await person.call('markSeen', { params: { id }, body: { seq: Number.MAX_SAFE_INTEGER } })
}

function edit(person: TestPerson, ticketId: string, body: object) {
  return person.call('editNotification', { params: { ticketId }, body })
}

async function countOf(person: TestPerson): Promise<number> {
  return (await person.call('notificationCount')).body.count
}

describe('[NT1] an event concerns', () => {
  test('who raised, is assigned to or watches the ticket, and not who acts', async () => {
    const id = await newTicket()
    await ada.call('watch', { params: { id, userId: ada.id } })
    const seq = await say(bea, id)
    expect(await noticeOf(sam, id)).toMatchObject({ reason: 'reply', seq, unread: [seq] })
    expect(await noticeOf(ada, id)).toMatchObject({ reason: 'reply', seq })
    expect(await noticeOf(bea, id)).toBeUndefined()
  })

  test('nobody who may not see it: an internal note, a former watcher, somebody deactivated', async () => {
    const id = await newTicket()
    const rae = await desk.someone('sales', 'Rae')
    const ina = await desk.someone('admin', 'Ina')
    for (const { id: userId } of [rae, ina]) await ada.call('watch', { params: { id, userId } })
    const note = await say(ada, id, true)
    expect(await noticeOf(sam, id)).toBeUndefined()
    expect((await noticeOf(rae, id))?.reason).toBe('access')
    expect((await noticeOf(ina, id))?.seq).toBe(note)
    await ada.call('unwatch', { params: { id, userId: rae.id } })
    await desk.db.updateTable('people').set({ active: false }).where('id', '=', ina.id).execute()
    await say(ada, id)
    expect(await noticeOf(rae, id)).toBeUndefined()
    expect((await noticeOf(ina, id))?.seq).toBe(note)
  })

  test('the new assignee as assigned, all who see it once it is urgent, and a person for the strongest reason', async () => {
    const id = await newTicket()
    await ada.call('editTicket', { params: { id }, body: { assigneeId: bea.id } })
    expect((await noticeOf(bea, id))?.reason).toBe('assigned')
    expect((await noticeOf(sam, id))?.reason).toBe('watched')
    await ada.call('changePriority', { params: { id }, body: { priority: 'urgent' } })
    expect((await noticeOf(bea, id))?.reasons).toMatchObject({ assigned: expect.any(Number) })
    for (const person of [bea, sam]) expect((await noticeOf(person, id))?.reason).toBe('urgent')
    const cyn = await desk.someone('admin', 'Cyn')
    const description = `Ask @[Cyn](person:${cyn.id})`
    await ada.call('editTicket', { params: { id }, body: { description, assigneeId: cyn.id } })
    expect((await noticeOf(cyn, id))?.reason).toBe('mentioned')
  })

  test('nobody by what the system does, and people once by a reply with files that reopens', async () => {
    const id = await newTicket()
    await ada.call('watch', { params: { id, userId: ada.id } })
    await ada.call('changeStatus', { params: { id }, body: { status: 'waiting' } })
    const file = await sam.upload(id, { content: 'x', draft: true })
    const body = { body: 'See', attachmentIds: [file.body.attachment.id] }
    await sam.call('addComment', { params: { id }, body })
    expect((await noticeOf(ada, id))?.unread).toHaveLength(1)
  })
})

test('[NT2] one event stores whom it notified, and each of them learns only their own reason', async () => {
  const id = await newTicket()
  await ada.call('watch', { params: { id, userId: ada.id } })
  const seq = await say(bea, id)
  const event = await desk.db
    .selectFrom('events')
    .select('notified')
    .where('seq', '=', seq)
    .executeTakeFirstOrThrow()
  expect(event.notified).toEqual({ [sam.id]: { reason: 'reply' }, [ada.id]: { reason: 'reply' } })
})

test('[NT3] losing access removes what concerned the person, whatever took it', async () => {
  const id = await newTicket()
  const rae = await desk.someone('admin', 'Rana')
  await ada.call('watch', { params: { id, userId: rae.id } })
  await say(ada, id)
  expect(await noticeOf(rae, id)).toBeDefined()
  const root = await desk.someone('super_admin', 'Root')
  await root.call('editPerson', { params: { id: rae.id }, body: { role: 'sales' } })
  expect(await noticeOf(rae, id)).toBeUndefined()
  const ida = await desk.someone('sales', 'Ida')
  await ada.call('watch', { params: { id, userId: ida.id } })
  expect(await noticeOf(ida, id)).toBeDefined()
  await ada.call('unwatch', { params: { id, userId: ida.id } })
  expect(await noticeOf(ida, id)).toBeUndefined()
  await ada.call('watch', { params: { id, userId: ida.id } })
  await root.call('editPerson', { params: { id: ida.id }, body: { active: false } })
  expect(await noticeOf(ida, id)).toBeUndefined()
})

test('[NT4] seeing a ticket reads what is unread up to there, for this person alone', async () => {
  const id = await newTicket()
  await bea.call('watch', { params: { id, userId: bea.id } })
  await say(ada, id)
  await see(sam, id)
  expect((await noticeOf(sam, id))?.unread).toEqual([])
  expect((await noticeOf(bea, id))?.unread).toHaveLength(1)
  await edit(sam, id, { unread: true })
  expect((await noticeOf(sam, id))?.unread).toHaveLength(1)
  await see(sam, id)
  expect((await noticeOf(sam, id))?.unread).toEqual([])
})

test('[NT5] what is done is done up to an event: later news comes, and both ways can be taken back', async () => {
  const zoe = await desk.someone('sales', 'Zoe')
  const [one, two] = [await newTicket(zoe), await newTicket(zoe)]
  const first = await say(ada, one)
  await say(ada, two)
  expect(await countOf(zoe)).toBe(2)
  await edit(zoe, one, { doneUpTo: first })
  expect(await countOf(zoe)).toBe(1)
  const second = await say(ada, one)
  expect(await noticeOf(zoe, one)).toMatchObject({ unread: [second], done: false })
  const before = (await zoe.call('notificationCount')).body
  await zoe.call('finishNotifications', { body: { upTo: before.seq } })
  expect(await countOf(zoe)).toBe(0)
  expect((await noticeOf(zoe, one))?.done).toBe(true)
  await say(ada, two)
  expect(await countOf(zoe)).toBe(1)
  await zoe.call('finishNotifications', { body: { upTo: before.doneUpTo } })
  expect(await countOf(zoe)).toBe(2)
  expect((await noticeOf(zoe, two))?.unread).toHaveLength(2)
})

test('[NT5] nothing is done before it happens', async () => {
  const id = await newTicket()
  await say(ada, id)
  await edit(sam, id, { doneUpTo: Number.MAX_SAFE_INTEGER })
  const seq = await say(ada, id)
  expect(await noticeOf(sam, id)).toMatchObject({ done: false, unread: [seq] })
})

test('[NT6] a snoozed ticket gathers silently, and comes back at its time, or for something stronger', async () => {
  const id = await newTicket()
  await bea.call('watch', { params: { id, userId: bea.id } })
  await say(ada, id)
  const count = await countOf(bea)
  const snoozedUntil = new Date(Date.now() + 3_600_000).toISOString()
  await edit(bea, id, { snoozedUntil })
  expect(await countOf(bea)).toBe(count - 1)
  await say(ada, id)
  expect(await countOf(bea)).toBe(count - 1)
  expect(await noticeOf(bea, id)).toMatchObject({ snoozedUntil, reason: 'reply' })
  expect((await noticeOf(bea, id))?.unread).toHaveLength(2)
  await endSnoozeOf(desk.db, bea.id, id)
  expect(await noticeOf(bea, id)).toMatchObject({ snoozedUntil: null })
  expect(await countOf(bea)).toBe(count)
  await edit(bea, id, { snoozedUntil })
  await ada.call('editTicket', { params: { id }, body: { assigneeId: bea.id } })
  expect(await noticeOf(bea, id)).toMatchObject({ snoozedUntil: null, reason: 'assigned' })
})

test('[NT6] what is done meanwhile hides no ticket that is snoozed', async () => {
  const id = await newTicket()
  await say(ada, id)
  await edit(sam, id, { snoozedUntil: new Date(Date.now() + 3_600_000).toISOString() })
  const { seq } = (await sam.call('notificationCount')).body
  await sam.call('finishNotifications', { body: { upTo: seq } })
  await endSnoozeOf(desk.db, sam.id, id)
  expect(await noticeOf(sam, id)).toMatchObject({ done: false, snoozedUntil: null })
  expect((await noticeOf(sam, id))?.unread).toHaveLength(1)
})

test('[NT7] nothing new of a muted ticket concerns the person', async () => {
  const id = await newTicket()
  await say(ada, id)
  await see(sam, id)
  await edit(sam, id, { muted: true })
  const seq = await say(ada, id)
  expect(await noticeOf(sam, id)).toMatchObject({ muted: true, unread: [] })
  expect((await noticeOf(sam, id))?.seq).toBeLessThan(seq)
})

test('[NT8] pages come unread first, then the newest, by keyset, and a filter keeps what it names', async () => {
  const uma = await desk.someone('sales', 'Uma')
  const ids = [await newTicket(uma), await newTicket(uma), await newTicket(uma)]
  for (const id of ids) await say(ada, id)
  await see(uma, ids[2] ?? '')
  const first = (await uma.call('notifications', { query: { limit: 2 } })).body
  expect(first.items.map(({ ticketId }) => ticketId)).toEqual([ids[1], ids[0]])
  const query = { limit: 2, after: first.next ?? '' }
  const second = (await uma.call('notifications', { query })).body
  expect(second.items.map(({ ticketId }) => ticketId)).toEqual([ids[2]])
  expect(second.next).toBeNull()
  const unread = (await uma.call('notifications', { query: { filter: 'unread' } })).body
  expect(unread.items.map(({ ticketId }) => ticketId)).toEqual([ids[1], ids[0]])
})

test('[NT9] a change notifies at most so many people, the strongest reasons first', async () => {
  const id = await newTicket()
  const many = Array.from({ length: limits.notifiedPerChange + 5 }, (_, index) => ({
    id: `00000000-0000-4000-9000-${String(index).padStart(12, '0')}`,
    name: `Somebody ${index}`,
    email: `somebody${index}@desk.example`,
    role: 'admin' as const,
  }))
  await desk.db.insertInto('people').values(many).execute()
  await ada.call('changePriority', { params: { id }, body: { priority: 'urgent' } })
  const { count } = await desk.db
    .selectFrom('notifications')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('ticket_id', '=', id)
    .executeTakeFirstOrThrow()
  expect(count).toBe(limits.notifiedPerChange)
})
