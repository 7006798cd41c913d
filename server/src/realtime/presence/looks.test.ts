import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Reply, TicketLooks } from '@deskbell/contract'
import { presenceEvents } from '@deskbell/contract/schemas'
import { startTestDesk } from '../../testing/index.ts'
import type { TestDesk, TestPerson } from '../../testing/index.ts'

let desk: TestDesk
let ada: TestPerson
let grace: TestPerson
let sam: TestPerson
let wanda: TestPerson
beforeAll(async () => {
  desk = await startTestDesk()
  ada = await desk.someone('admin', 'Ada')
  grace = await desk.someone('admin', 'Grace')
  sam = await desk.someone('sales', 'Sam')
  wanda = await desk.someone('sales', 'Wanda')
})
afterAll(() => desk.stop())

const soon = { interval: 10, timeout: 5_000 }
const body = { seq: Number.MAX_SAFE_INTEGER }

async function newTicket(): Promise<string> {
  const made = await sam.call('createTicket', { body: { title: 'Printer', description: '' } })
  return made.body.ticket.id
}

async function looksOf(person: TestPerson, id: string) {
  const answer = await person.call('ticket', { params: { ref: id } })
  return answer.body
}

function names({ seenBy }: Pick<Reply<'ticket'>, 'seenBy'>): string[] {
  return seenBy.map(({ person }) => person.name).toSorted()
}

async function show(person: TestPerson, receipts: boolean): Promise<void> {
  await person.call('editMe', { body: { settings: { receipts } } })
}

/** A client that has a ticket open, and what it hears of who has looked. */
async function open(person: TestPerson, ticketId: string) {
  const socket: Socket = person.socket()
  const told: TicketLooks[] = []
  let isReady = false
  socket.on('sync:ready', () => {
    isReady = true
  })
  socket.on('presence:looks', (data: TicketLooks) => told.push(data))
  await expect.poll(() => isReady, soon).toBe(true)
  const opened = { ticketId, doing: 'viewing', typing: false } as const
  socket.emit('presence:update', { rev: 1, open: opened, onScreen: [], hidden: false, applied: 0 })
  await expect.poll(() => told.length, soon).toBe(1)
  return told
}

test('staff read who has seen a ticket, but nobody of those who do not show it', async () => {
  const id = await newTicket()
  await ada.call('watch', { params: { id, userId: wanda.id } })
  for (const person of [grace, wanda]) await person.call('markSeen', { params: { id }, body })
  const read = await looksOf(ada, id)
  expect(names(read)).toEqual(['Grace', 'Sam', 'Wanda'])
  expect(read.seenBy.every(({ at }) => at !== null)).toBe(true)
  expect(read.seenBy.find(({ person }) => person.id === grace.id)?.seq).toBe(read.ticket.version)
  expect(read.eyes).toMatchObject({ people: 2, since: expect.any(String) })
  expect(names(await looksOf(grace, id))).toEqual(['Sam', 'Wanda'])

  await show(grace, false)
  const without = await looksOf(ada, id)
  expect(names(without)).toEqual(['Sam', 'Wanda'])
  expect(without.eyes).toEqual(read.eyes)
  expect((await looksOf(grace, id)).seenBy).toEqual([])
  await show(grace, true)

  await ada.call('unwatch', { params: { id, userId: wanda.id } })
  expect(names(await looksOf(ada, id))).toEqual(['Grace', 'Sam'])
})

test('[DL8] people who are not staff read when the team first looked at what they wrote, and nothing else', async () => {
  const id = await newTicket()
  expect(await looksOf(sam, id)).toMatchObject({ seenBy: [], eyes: { lastAt: null } })
  await ada.call('markSeen', { params: { id }, body })
  const { seenBy, eyes } = await looksOf(sam, id)
  expect(seenBy).toEqual([])
  expect(eyes).toEqual({ lastAt: expect.any(String) })
  // A note makes others look again.
  await ada.call('addComment', { params: { id }, body: { body: 'Secret', internal: true } })
  await grace.call('markSeen', { params: { id }, body })
  await ada.call('addComment', { params: { id }, body: { body: 'We look' } })
  expect((await looksOf(sam, id)).eyes).toEqual(eyes)
  await sam.call('addComment', { params: { id }, body: { body: 'And now?' } })
  expect((await looksOf(sam, id)).eyes).toEqual({ lastAt: null })
})

test('[PR10] who has a ticket open hears who looks at it, as far as they may know', async () => {
  const id = await newTicket()
  const [staff, requester] = [await open(ada, id), await open(sam, id)]
  await grace.call('markSeen', { params: { id }, body })
  await expect.poll(() => names(staff.at(-1) ?? { seenBy: [] }), soon).toEqual(['Grace', 'Sam'])
  await expect.poll(() => requester.length, soon).toBe(2)
  expect(requester.map(({ seenBy, eyes }) => ({ seenBy, eyes }))).toEqual([
    { seenBy: [], eyes: { lastAt: null } },
    { seenBy: [], eyes: { lastAt: expect.any(String) } },
  ])

  // Nothing of notes reaches requesters, not even a message.
  await grace.call('addComment', { params: { id }, body: { body: 'Secret', internal: true } })
  await ada.call('markSeen', { params: { id }, body })
  await expect.poll(() => staff.at(-1)?.eyes.people, soon).toBe(2)
  await show(grace, false)
  await expect.poll(() => names(staff.at(-1) ?? { seenBy: [] }), soon).toEqual(['Sam'])
  expect(staff.at(-1)?.eyes.people).toBe(2)
  await show(ada, false)
  await expect.poll(() => staff.at(-1)?.seenBy, soon).toEqual([])
  expect(requester).toHaveLength(2)
  for (const message of [...staff, ...requester]) presenceEvents['presence:looks'].parse(message)
  await show(ada, true)
  await show(grace, true)
})

test('[PR10] [PR7] who may not read a ticket hears nothing of it', async () => {
  const id = await newTicket()
  await ada.call('watch', { params: { id, userId: wanda.id } })
  const [watching, staff] = [await open(wanda, id), await open(ada, id)]
  await ada.call('unwatch', { params: { id, userId: wanda.id } })
  await sam.call('addComment', { params: { id }, body: { body: 'Any news?' } })
  await grace.call('markSeen', { params: { id }, body })
  await expect.poll(() => names(staff.at(-1) ?? { seenBy: [] }), soon).toEqual(['Grace', 'Sam'])
  expect(watching).toHaveLength(1)
})
