import net from 'node:net'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectDatabase } from '../database/open-database.ts'
import { appendEvents } from '../log/append-events.ts'
import { logPosition } from '../log/log-position.ts'
import { createDatabaseGate } from '../testing/database-gate.ts'
import { createGate } from '../testing/gate.ts'
import { createTestDatabase, startTestDesk } from '../testing/index.ts'
import type { TestDatabase, TestDesk, TestPerson } from '../testing/index.ts'
import { createListener } from '../testing/listener.ts'
import { startSecondNode } from '../testing/second-node.ts'

let database: TestDatabase
let desk: TestDesk
let sam: TestPerson
beforeAll(async () => {
  database = await createTestDatabase()
  desk = await startTestDesk({}, { database })
  sam = await desk.someone('sales', 'Sam')
})
afterAll(() => desk.stop())

test('[LG5] a node that cannot confirm the log announces it, closes its sockets, admits no client, and recovers', async () => {
  const gate = await createDatabaseGate(database.listen)
  const through = connectDatabase(gate.connection, pino({ level: 'silent' }))
  const node = await startSecondNode(through.db, {
    follow: { pollEveryMs: 20, staleAfterMs: 2_000 },
  })
  const [cut, unaffected] = [createListener(node.url, sam), createListener(desk.url, sam)]
  for (const listener of [cut, unaffected]) {
    listener.open()
    await expect.poll(() => listener.ready.length).toBe(1)
  }

  await gate.shut()
  await expect.poll(cut.isOpen).toBe(false)
  expect(cut.others.map(([name]) => name)).toEqual(['sync:unavailable'])
  expect(cut.others[0]?.[1]['retryInMs']).toBeGreaterThanOrEqual(500)
  // Attempts do not count as failures of the client, however many there are.
  for (let attempt = 0; attempt < 61; attempt += 1)
    expect(await handshake(node.url)).toContain('unavailable')

  // No client misses what happens in the meantime.
  await sam.call('createTicket', { body: { title: 'Meanwhile', description: '' } })
  await gate.open()
  await expect.poll(node.follower.isHealthy).toBe(true)
  cut.open()
  await expect.poll(cut.names).toEqual(['ticket:created'])
  expect(cut.holes).toEqual([])
  await expect.poll(unaffected.names).toEqual(['ticket:created'])
  expect(unaffected.isOpen()).toBe(true)

  await node[Symbol.asyncDispose]()
  await through.pool.end()
  await gate.remove()
})

test('[LG5] a node does not wait for a client that does not read', async () => {
  const gate = await createDatabaseGate(database.listen)
  const through = connectDatabase(gate.connection, pino({ level: 'silent' }))
  const node = await startSecondNode(through.db, {
    follow: { pollEveryMs: 20, staleAfterMs: 2_000 },
  })
  const { port } = new URL(node.url)
  const line = await createGate(() => net.connect(Number(port), '127.0.0.1'))
  const stalled = createListener(`http://127.0.0.1:${line.port}`, sam)
  stalled.open()
  await expect.poll(() => stalled.ready.length).toBe(1)
  const { sockets } = node.io.of('/')
  line.hold()
  const waiting = () => [...sockets.values()].map(({ conn }) => conn['writeBuffer'].length)
  function more(): number | undefined {
    node.socketServer.broadcast('noise', 'x'.repeat(50_000))
    return waiting()[0]
  }
  await expect.poll(more, { interval: 5, timeout: 10_000 }).toBeGreaterThan(1)

  await gate.shut()
  await expect.poll(node.follower.isHealthy, { timeout: 5_000 }).toBe(false)
  // A missed ping would close it only after 25 s.
  await expect.poll(() => sockets.size, { timeout: 5_000 }).toBe(0)

  await line.shut()
  await node[Symbol.asyncDispose]()
  await through.pool.end()
  await gate.remove()
})

async function handshake(url: string): Promise<string> {
  const polling = `${url}/socket.io/?EIO=4&transport=polling`
  const response = await fetch(polling, { headers: { cookie: sam.cookie } })
  return `${response.ok ? 'allowed' : 'refused'} ${await response.text()}`
}

test('[LG7] [RS4] clients of a node whose log was restored read everything again', async () => {
  await using node = await startSecondNode(desk.db, { follow: { pollEveryMs: 10 } })
  const listener = createListener(node.url, sam)
  listener.open()
  await expect.poll(() => listener.ready.length).toBe(1)
  const { events } = listener
  await sam.call('createTicket', { body: { title: 'Lost', description: '' } })
  await expect.poll(() => events.length).toBe(1)

  const { seq } = await logPosition(desk.db)
  await desk.db.transaction().execute(async (tx) => {
    // Other events under the same numbers.
    await sql`update events set tag = 'restored' where seq = ${seq}`.execute(tx)
    const event = { name: 'person:settingsChanged', audience: 'people', people: [sam.id] } as const
    await appendEvents(tx, null, null, [
      { ...event, data: { settings: { theme: 'dark', autoAdvance: true, receipts: true } } },
    ])
  })
  await expect.poll(listener.isOpen).toBe(false)
  expect(listener.others.map(([name]) => name)).toEqual(['sync:unavailable'])
  expect(events).toHaveLength(1)
  await expect.poll(node.follower.isHealthy).toBe(true)
  listener.open()
  await expect.poll(() => listener.ready.at(-1)).toMatchObject({ mode: 'resync', seq: seq + 1 })
  expect(listener.ready.at(-1)?.reason).toBe('unknown')
})

test('[LG4] at a missing number a node stops: no client gets an event after it, live or replayed', async () => {
  await using node = await startSecondNode(desk.db, {
    follow: { pollEveryMs: 10, staleAfterMs: 2_000 },
  })
  const listener = createListener(node.url, sam)
  listener.open()
  await expect.poll(() => listener.ready.length).toBe(1)
  const from = listener.cursor()
  await desk.db.transaction().execute(async (tx) => {
    const event = { name: 'person:settingsChanged', audience: 'people', people: [sam.id] } as const
    const data = { settings: { theme: 'dark', autoAdvance: true, receipts: true } } as const
    await appendEvents(
      tx,
      null,
      null,
      [1, 2, 3].map(() => ({ ...event, data })),
    )
    await sql`delete from events where seq = ${(from?.seq ?? 0) + 2}`.execute(tx)
  })
  await expect.poll(listener.isOpen).toBe(false)
  expect(listener.others.map(([name]) => name)).toEqual(['sync:unavailable'])
  expect(listener.seqs().filter((seq) => seq > (from?.seq ?? 0) + 1)).toEqual([])
  expect(String(node.bugs[0])).toContain('The log has no event')
  // The database answers, but only a node that reads the log knows which sessions have ended.
  expect(await handshake(node.url)).toContain('unavailable')
})
