import { pino } from 'pino'
import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { connectDatabase } from '../database/open-database.ts'
import { resolveResumePoint } from '../log/resolve-resume-point.ts'
import { sessionById } from '../people/sessions.ts'
import { createDatabaseGate } from '../testing/database-gate.ts'
import { createTestDatabase, startTestDesk } from '../testing/index.ts'
import type { TestDatabase, TestDesk, TestPerson } from '../testing/index.ts'
import { startSecondNode } from '../testing/second-node.ts'

let database: TestDatabase
let desk: TestDesk
let people: TestPerson[]
beforeAll(async () => {
  database = await createTestDatabase()
  desk = await startTestDesk({}, { database })
  people = await Promise.all(Array.from({ length: 6 }, () => desk.someone('sales')))
})
afterAll(() => desk.stop())

/** Holds back the queries of a greeting, like a slow database, and releases them group by group. */
function greetingGate() {
  const groups = Array.from({ length: 3 }, () => Promise.withResolvers<void>())
  const waiting = groups.map(() => 0)
  return {
    waiting,
    release: (group: number) => groups[group]?.resolve(),
    async startOf(auth: unknown) {
      const { group } = auth as { group: number }
      waiting[group] = (waiting[group] ?? 0) + 1
      await groups[group]?.promise
      return resolveResumePoint(desk.db, {})
    },
  }
}

interface Client {
  socket: Socket
  names: string[]
}

function connect(url: string, { cookie }: TestPerson, group: number): Client {
  const socket = io(url, {
    auth: { group },
    extraHeaders: { cookie },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
  })
  const names: string[] = []
  socket.onAny((name: string) => names.push(name))
  return { socket, names }
}

/** Opens 120 connections in three groups. */
function connectAll(url: string): Client[][] {
  return [0, 1, 2].map((group) =>
    Array.from({ length: 40 }, (_, index) =>
      connect(url, people[(group * 40 + index) % 6] ?? fail('six people'), group),
    ),
  )
}

function fail(expected: string): never {
  throw new Error(`expected ${expected}`)
}

const soon = { interval: 5, timeout: 15_000 }

async function expectGreetedFirst(groups: Client[][], goodbye: string): Promise<void> {
  const [greeted = [], ...greeting] = groups
  for (const { socket, names } of groups.flat()) {
    await expect.poll(() => socket.connected, soon).toBe(false)
    expect(names[0]).toBeOneOf([undefined, 'sync:ready'])
  }
  for (const { names } of greeted) expect(names).toEqual(['sync:ready', goodbye])
  for (const { names } of greeting.flat()) expect(names).not.toContain(goodbye)
}

test('[RS1] [LM4] a server that stops while it greets 120 connections either greets first or sends nothing', async () => {
  const gate = greetingGate()
  const node = await startSecondNode(desk.db, {
    resolveResumePoint: gate.startOf,
    connectTimeoutMs: 60_000,
  })
  const groups = connectAll(node.url)
  await expect.poll(() => gate.waiting, soon).toEqual([40, 40, 40])
  gate.release(0)
  await expect
    .poll(() => groups[0]?.every(({ names }) => names.includes('sync:ready')), soon)
    .toBe(true)

  gate.release(1)
  const closed = node.close()
  node.socketServer.broadcast('custom', {})
  gate.release(2)
  await closed
  await expectGreetedFirst(groups, 'sync:restarting')
  await node.follower.stop()
})

test('[RS1] [LG5] a node that loses the log while it greets either greets first or sends nothing', async () => {
  const gate = greetingGate()
  const line = await createDatabaseGate(database.listen)
  const through = connectDatabase(line.connection, pino({ level: 'silent' }))
  const node = await startSecondNode(through.db, {
    follow: { pollEveryMs: 20, staleAfterMs: 2_000 },
    resolveResumePoint: gate.startOf,
    connectTimeoutMs: 60_000,
    sessionById: (id) => sessionById(desk.db, id),
  })
  const groups = connectAll(node.url)
  await expect.poll(() => gate.waiting, soon).toEqual([40, 40, 40])
  gate.release(0)
  await expect
    .poll(() => groups[0]?.every(({ names }) => names.includes('sync:ready')), soon)
    .toBe(true)

  await line.shut()
  await expect.poll(node.follower.isHealthy, soon).toBe(false)
  gate.release(1)
  gate.release(2)
  await expectGreetedFirst(groups, 'sync:unavailable')
  await node[Symbol.asyncDispose]()
  await through.pool.end()
  await line.remove()
})

test('[RS1] [LM3] a client that sends before it is greeted gets the answer after the greeting', async () => {
  const gate = greetingGate()
  await using node = await startSecondNode(desk.db, {
    resolveResumePoint: gate.startOf,
    connectTimeoutMs: 60_000,
  })
  const url = `${node.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
  const socket = new WebSocket(url, { headers: { cookie: people[0]?.cookie } })
  const messages: string[] = []
  socket.on('message', (data) => messages.push((data as Buffer).toString()))
  await expect.poll(() => messages.length, soon).toBe(1)
  socket.send('40{"group":0}')
  await expect.poll(() => messages.length, soon).toBe(2)
  for (const name of ['one', 'two']) socket.send(`42["${name}"]`)
  socket.send('421["three"]')
  // Only messages with an acknowledgement are answered before the greeting.
  await expect.poll(() => messages.at(-1), soon).toContain('431[')
  gate.release(0)
  await expect.poll(() => messages.length, soon).toBe(6)
  expect(messages.slice(3).map((text) => /sync:\w+/.exec(text)?.[0])).toEqual([
    'sync:ready',
    'sync:refused',
    'sync:refused',
  ])
  socket.close()
})

test('[LG5] a node that lost the log admits no client, even if the handshake was allowed before', async () => {
  const line = await createDatabaseGate(database.listen)
  const through = connectDatabase(line.connection, pino({ level: 'silent' }))
  const node = await startSecondNode(through.db, {
    follow: { pollEveryMs: 20, staleAfterMs: 2_000 },
  })
  const url = `${node.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
  const socket = new WebSocket(url, { headers: { cookie: people[0]?.cookie } })
  const messages: string[] = []
  socket.on('message', (data) => messages.push((data as Buffer).toString()))
  await expect.poll(() => messages.length, soon).toBe(1)
  await line.shut()
  await expect.poll(node.follower.isHealthy, soon).toBe(false)
  socket.send('40')
  await expect.poll(() => messages.at(-1), soon).toContain('unavailable')
  socket.close()
  await node[Symbol.asyncDispose]()
  await through.pool.end()
  await line.remove()
})
