import { expect, test } from 'vitest'
import { follow } from '../../log/follow-log.ts'
import { createFakeClock } from '../../testing/fake-clock.ts'
import { createKnownReaders } from './known-readers.ts'
import { createMemoryHub } from './memory-hub.ts'
import { createPresenceChannel } from './presence-channel.ts'
import type { PresenceTab } from './presence-channel.ts'

function fail(bug: unknown): never {
  throw bug
}

/** A channel of which every ticket is unknown at first, and what it reads from the database. */
async function createChannel() {
  const clock = createFakeClock()
  const head = { seq: 1, tag: 'a' }
  const follower = await follow(
    { head: () => Promise.resolve(head), eventsSince: () => Promise.resolve([]) },
    { reportBug: fail, clock },
  )
  let read = 0
  const looksReadFor: string[][] = []
  const known = createKnownReaders({
    follower,
    readersOf(ids) {
      read += ids.length
      return Promise.resolve({ seq: 1, readers: new Map(ids.map((id) => [id, []])) })
    },
    reportBug: fail,
  })
  const channel = createPresenceChannel({
    hub: createMemoryHub(clock),
    known,
    follower,
    clock,
    isFull: () => false,
    showsStaffNames: () => false,
    async readLooks(_ticketIds, personIds) {
      looksReadFor.push([...personIds])
      return () => undefined
    },
    tellLooks: () => undefined,
    tell: () => undefined,
    reportBug: fail,
  })
  let connections = 0
  let tickets = 0

  function join(name: string): PresenceTab {
    connections += 1
    return channel.join({
      id: `socket ${connections}`,
      reader: { id: name, role: 'admin' },
      sessionId: name,
      person: { id: name, name, staff: true, active: true, color: 0 },
    })
  }

  return {
    clock,
    read: () => read,
    looksReadFor,
    async open(name: string, ticketId: string) {
      const open = { ticketId, doing: 'viewing', typing: false } as const
      join(name).hear({ rev: 1, open, onScreen: [], hidden: false, applied: 0 })
      await clock.advance(1_000)
    },
    /** A new connection of a person, which names 100 tickets, and goes. */
    async visit(name: string) {
      const tab = join(name)
      const onScreen = Array.from({ length: 100 }, () => `ticket ${(tickets += 1)}`)
      tab.hear({ rev: 1, open: null, onScreen, hidden: false, applied: 0 })
      await clock.advance(0)
      tab.leave()
    },
    async [Symbol.asyncDispose]() {
      channel.stop()
      await follower.stop()
    },
  }
}

test('[PR2] a person who comes back again and again may not make the server read more tickets', async () => {
  await using desk = await createChannel()
  for (let visit = 0; visit < 10; visit += 1) await desk.visit('mallory')
  expect(desk.read()).toBe(300)
  await desk.visit('ada')
  expect(desk.read()).toBe(400)
  await desk.clock.advance(1_000)
  await desk.visit('mallory')
  expect(desk.read()).toBe(430)
})

test('[PR10] when a ticket opens, looks are read for the person who opened it alone', async () => {
  await using desk = await createChannel()
  for (const name of ['ada', 'grace', 'edith']) await desk.open(name, 'ticket')
  expect(desk.looksReadFor).toEqual([['ada'], ['grace'], ['edith']])
})
