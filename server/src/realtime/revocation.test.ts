import net from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { serverContext } from '../audit/audit-context.ts'
import { logPosition } from '../log/log-position.ts'
import { signOut } from '../people/sign-out.ts'
import { hashPassword } from '../people/secrets.ts'
import { createGate } from '../testing/gate.ts'
import { createTestDatabase, startTestDesk } from '../testing/index.ts'
import type { TestDatabase, TestDesk, TestPerson } from '../testing/index.ts'
import { createListener } from '../testing/listener.ts'
import type { Listener } from '../testing/listener.ts'
import { startSecondNode } from '../testing/second-node.ts'

let database: TestDatabase
let desk: TestDesk
let ada: TestPerson
let root: TestPerson
beforeAll(async () => {
  database = await createTestDatabase()
  desk = await startTestDesk({}, { database })
  ada = await desk.someone('admin', 'Ada')
  root = await desk.someone('super_admin', 'Root')
})
afterAll(() => desk.stop())

async function newTicket(): Promise<string> {
  const body = { title: 'Printer', description: '' }
  return (await ada.call('createTicket', { body })).body.ticket.id
}

async function listening(person: TestPerson, url = desk.url): Promise<Listener> {
  const listener = createListener(url, person)
  listener.open()
  await expect.poll(() => listener.ready.length).toBe(1)
  return listener
}

/** Adds comments to a ticket as long as `act` runs. */
async function during(id: string, act: () => Promise<void>): Promise<void> {
  let over = false
  const flood = Promise.all(
    [ada, root, ada].map(async (person) => {
      while (!over) await person.call('addComment', { params: { id }, body: { body: 'More' } })
    }),
  )
  await act()
  over = true
  await flood
}

test('[AU3] [AU5] no event after the loss of access reaches a watcher, live or replayed', async () => {
  const id = await newTicket()
  const zoe = await desk.someone('sales', 'Zoe')
  const from = await logPosition(desk.db)
  const live = await listening(zoe)
  const resuming = createListener(desk.url, zoe, from)
  await during(id, async () => {
    for (let turn = 0; turn < 8; turn += 1) {
      await ada.call('watch', { params: { id, userId: zoe.id } })
      if (turn % 3 === 0) resuming.open()
      await ada.call('addComment', { params: { id }, body: { body: 'For Zoe' } })
      await ada.call('unwatch', { params: { id, userId: zoe.id } })
      if (turn % 3 === 1) resuming.close()
    }
  })
  resuming.open()
  const { seq } = await logPosition(desk.db)
  // A socket without events does not get the position at once: an event for it brings it.
  await ada.call('watch', { params: { id, userId: zoe.id } })
  for (const listener of [live, resuming]) {
    await listener.reach(seq + 2)
    expect(listener.holes).toEqual([])
    expect(listener.names().filter((name) => name === 'access:lost')).toHaveLength(8)
    expect(spell(listener)).toEqual([])
  }
  const comments = live.names().filter((name) => name === 'ticket:commentAdded')
  expect(comments.length).toBeGreaterThanOrEqual(8)
  // Events that a person could see are not replayed after the person lost access to the ticket.
  await ada.call('unwatch', { params: { id, userId: zoe.id } })
  const late = createListener(desk.url, zoe, from)
  late.open()
  await late.reach((await logPosition(desk.db)).seq)
  expect(new Set(late.names())).toEqual(new Set(['access:gained', 'access:lost']))
})

/** The ticket events that arrived while the person had no access. */
function spell({ events }: Listener): string[] {
  let isTheirs = false
  return events.flatMap(({ name, meta }) => {
    if (name === 'access:gained') isTheirs = true
    if (name === 'access:lost') isTheirs = false
    return name.startsWith('ticket:') && !isTheirs ? [`${name} ${meta.seq}`] : []
  })
}

test('[AU3] [SE3] no event after a demotion or deactivation reaches staff, and their sockets are closed', async () => {
  const id = await newTicket()
  for (const body of [{ role: 'sales' as const }, { active: false }]) {
    const bob = await desk.someone('admin', 'Bob')
    const sockets = await Promise.all([1, 2, 3].map(() => listening(bob)))
    await during(id, async () => {
      await expect.poll(() => sockets[0]?.events.length).toBeGreaterThan(5)
      const { status } = await root.call('editPerson', { params: { id: bob.id }, body })
      expect(status).toBe(200)
      for (const socket of sockets) await expect.poll(socket.isOpen, { timeout: 1_000 }).toBe(false)
    })
    const ended = await desk.db
      .selectFrom('events')
      .select('seq')
      .where('name', '=', 'session:ended')
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow()
    for (const socket of sockets) {
      expect(socket.events.at(-1)).toMatchObject({
        name: 'session:ended',
        meta: { seq: ended.seq },
      })
      socket.open()
      await expect.poll(socket.isOpen).toBe(false)
    }
    expect((await bob.call('tickets')).status).toBe(401)
  }
})

test('[SE3] [AU7] an ended session closes its own sockets on every node, and no others', async () => {
  await using node = await startSecondNode(desk.db)
  const bob = await desk.someone('admin', 'Bob')
  const again = await desk.again(bob)
  const other = await listening(ada)
  const mine = [await listening(bob), await listening(bob, node.url)]
  const kept = [await listening(again), await listening(again, node.url)]
  expect((await bob.call('signOut')).status).toBe(204)
  for (const socket of mine) await expect.poll(socket.isOpen, { timeout: 1_000 }).toBe(false)
  for (const socket of kept) await expect.poll(socket.names).toEqual(['session:ended'])
  expect([...kept, other].map((socket) => socket.isOpen())).toEqual([true, true, true])
  expect(other.names()).toEqual([])

  await root.call('endSessions', { params: { id: bob.id } })
  for (const socket of kept) await expect.poll(socket.isOpen, { timeout: 1_000 }).toBe(false)
  expect(other.isOpen()).toBe(true)
})

test('[SE5] a change of password keeps its own session and ends the others', async () => {
  const bob = await desk.someone('sales', 'Bob')
  const password_hash = await hashPassword('the old one')
  await desk.db.updateTable('people').set({ password_hash }).where('id', '=', bob.id).execute()
  const again = await desk.again(bob)
  const [mine, others] = [await listening(bob), await listening(again)]
  const body = { current: 'the old one', password: 'the new one' }
  expect((await bob.call('changePassword', { body })).status).toBe(200)
  await expect.poll(others.isOpen).toBe(false)
  expect(mine.isOpen()).toBe(true)
  expect((await bob.call('me')).status).toBe(200)
  expect((await again.call('me')).status).toBe(401)
})

test('[SE3] a session that ends between handshake and connection gets no socket', async () => {
  const bob = await desk.someone('sales', 'Bob')
  const { id: sessionId } = await desk.db
    .selectFrom('sessions')
    .select('id')
    .where('person_id', '=', bob.id)
    .executeTakeFirstOrThrow()
  await using node = await startSecondNode(desk.db, {
    wrap: (handshake) => ({
      ...handshake,
      allowRequest(request, answer) {
        handshake.allowRequest(request, (refusal, allowed) => {
          const { id, name, role } = bob
          const actor = { kind: 'person', id, name, role, color: 0, sessionId } as const
          void signOut(desk.db, serverContext, actor)
            .then(async () => node.follower.waitUntil((await logPosition(desk.db)).seq))
            .then(() => answer(refusal, allowed))
        })
      },
    }),
  })
  const socket = createListener(node.url, bob)
  socket.open()
  await expect
    .poll(() => socket.socket().disconnected && socket.socket().io._readyState)
    .toBe('closed')
  expect([socket.ready, socket.events]).toEqual([[], []])
  expect(node.io.of('/').sockets.size).toBe(0)
})

test('[SE4] sockets close when their session expires, unless it was extended', async () => {
  const [bob, zoe] = [await desk.someone('sales', 'Bob'), await desk.someone('sales', 'Zoe')]
  const expire = (person: TestPerson, inMs: number) =>
    desk.db
      .updateTable('sessions')
      .set({ expires_at: new Date(Date.now() + inMs) })
      .where('person_id', '=', person.id)
      .execute()
  // Zoe's timer fires first, and is done when Bob's session has ended.
  await expire(zoe, 1_300)
  await expire(bob, 1_800)
  const [ends, renewed] = [await listening(bob), await listening(zoe)]
  await expire(zoe, 60_000)
  await expect.poll(ends.isOpen, { timeout: 5_000 }).toBe(false)
  expect(renewed.isOpen()).toBe(true)
})

test.each([8, -8])(
  '[SE4] a server clock that is %i days off ends no session early or late, and causes no more queries',
  async (days) => {
    const queries = vi.fn<() => void>()
    database.pool.on('acquire', queries)
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(Date.now() + days * 24 * 3_600_000)
    try {
      const bob = await desk.someone('sales', 'Bob')
      const others = await Promise.all(Array.from({ length: 10 }, () => listening(ada)))
      await sql`
        update sessions set expires_at = now() + interval '2 seconds' where person_id = ${bob.id}`.execute(
        desk.db,
      )
      const ends = await listening(bob)
      queries.mockClear()
      await expect.poll(ends.isOpen, { timeout: 8_000 }).toBe(false)
      // Besides the queries of the followers, which run four times a second.
      expect(queries.mock.calls.length).toBeLessThan(100)
      const { rows } = await sql`
        select from sessions where person_id = ${bob.id} and expires_at > now()`.execute(desk.db)
      expect(rows).toEqual([])
      expect(others.every((listener) => listener.isOpen())).toBe(true)
      for (const listener of others) listener.close()
    } finally {
      vi.useRealTimers()
      database.pool.off('acquire', queries)
    }
  },
)

test('a server that stops waits for no client that does not read', async () => {
  const node = await startSecondNode(desk.db)
  const gate = await createGate(() => net.connect(Number(new URL(node.url).port), '127.0.0.1'))
  const reader = createListener(`http://127.0.0.1:${gate.port}`, ada)
  reader.open()
  await expect.poll(reader.isOpen).toBe(true)
  gate.hold()
  await node[Symbol.asyncDispose]()
  await gate.shut()
  reader.close()
})

test('[LM4] a server that stops names a time to return, a different one for each socket', async () => {
  const node = await startSecondNode(desk.db)
  const all = await Promise.all(Array.from({ length: 8 }, () => listening(ada, node.url)))
  await node[Symbol.asyncDispose]()
  for (const socket of all) await expect.poll(() => socket.others.length).toBe(1)
  const times = all.map(({ others: [first] }) => first?.[1]['retryInMs'])
  expect(all.map(({ others: [first] }) => first?.[0])).toEqual(all.map(() => 'sync:restarting'))
  expect(new Set(times).size).toBeGreaterThan(1)
  for (const ms of times) expect(ms).toBeGreaterThanOrEqual(500)
})
