import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { createSession } from '../people/sessions.ts'
import { createTestDatabase } from '../testing/index.ts'
import type { TestDatabase } from '../testing/index.ts'
import { lockWaiters } from '../testing/lock-waiters.ts'
import { startNginx } from '../testing/start-nginx.ts'

/** Number of handshakes per combination. */
const handshakes = 1_000
const atOnce = 100

let database: TestDatabase
let desk: Awaited<ReturnType<typeof serve>>
let nginx: Awaited<ReturnType<typeof startNginx>>
let cookies: string[]
beforeAll(async () => {
  database = await createTestDatabase()
  cookies = await Promise.all(Array.from({ length: atOnce }, signedIn))
  desk = await serve()
  nginx = await startNginx(desk.url)
})
afterAll(async () => {
  await nginx[Symbol.asyncDispose]()
  await desk.stop()
  await database.close()
})

async function signedIn(): Promise<string> {
  const id = uuidv7()
  const email = `${id}@desk.example`
  await database.db
    .insertInto('people')
    .values({ id, name: `Sam ${id}`, email, role: 'sales', password_hash: 'none' })
    .execute()
  return `deskbell=${(await createSession(database.db, id)).token}`
}

/** Starts a server in a separate process, which an uncaught error would end. */
async function serve() {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'deskbell-broken-'))
  const program = path.resolve(import.meta.dirname, '../testing/serve-desk.ts')
  const connection = JSON.stringify({ ...database.listen, types: undefined })
  const child = spawn(process.execPath, [program, connection, dataDir, 'warn'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text))
  const line = await createInterface(child.stdout)[Symbol.asyncIterator]().next()
  if (line.done === true) throw new Error(`the server did not start:\n${complaints}`)
  return {
    url: String(line.value).replace('localhost', '127.0.0.1'),
    process: child,
    complaints: () => complaints,
    async stop() {
      child.kill('SIGTERM')
      await ended
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

type Transport = 'websocket' | 'polling'

/** A connection that the client will break off. */
interface Attempt {
  socket: net.Socket
  closed: Promise<unknown>
  answer: string
}

function attempt(url: string): Attempt {
  const socket = net.connect(Number(new URL(url).port), '127.0.0.1')
  const begun: Attempt = {
    socket,
    closed: once(socket, 'close').catch(() => undefined),
    answer: '',
  }
  socket.on('error', () => undefined)
  socket.on('data', (chunk: Buffer) => (begun.answer += chunk.toString('latin1')))
  return begun
}

function handshake(transport: Transport, cookie: string, sid = ''): string {
  const upgrade = [
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
  ]
  return [
    `GET /socket.io/?EIO=4&transport=${transport}${sid} HTTP/1.1`,
    'Host: localhost',
    `Cookie: ${cookie}`,
    ...(transport === 'websocket' ? upgrade : []),
    '\r\n',
  ].join('\r\n')
}

/** Breaks the connection off: with a reset, as after a killed process, or with a normal end. */
function breakOff({ socket }: Attempt, index: number): void {
  if (index % 2 === 0) socket.resetAndDestroy()
  else socket.end()
}

function all<T>(items: readonly T[], run: (item: T, index: number) => unknown): Promise<unknown> {
  return Promise.all(items.map(run))
}

/** Resolves when the server has read everything that was sent before: it answers a later request. */
async function seen(): Promise<void> {
  await fetch(`${desk.url}/api/health/live`)
}

function answered({ socket, closed }: Attempt): Promise<unknown> {
  return Promise.race([once(socket, 'data').catch(() => undefined), closed])
}

/** A step that a client may begin after the reply to its handshake, and not finish. */
function next(transport: Transport, cookie: string, answer: string, index: number) {
  if (transport === 'websocket') {
    // Masked with zeros: clients must mask their frames.
    const connect = Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x34, 0x30])
    return connect.subarray(0, index % 3 === 0 ? 5 : 8)
  }
  const [, sid] = /"sid":"([^"]+)"/.exec(answer) ?? []
  const query = `&sid=${sid ?? 'none'}`
  if (index % 3 === 0) return handshake('polling', cookie, query)
  if (index % 3 === 1) return handshake('websocket', cookie, query)
  const poll = handshake('polling', cookie, query).trimEnd().replace('GET', 'POST')
  return `${poll}\r\nContent-Length: 100\r\n\r\n40`
}

/** The points at which a handshake may break off. Each function takes a batch of connections and breaks them there. */
const points = {
  async 'in its first line'(batch: Attempt[], request: (index: number) => string) {
    await all(batch, ({ socket }, index) => write(socket, request(index).slice(0, 30)))
    batch.forEach(breakOff)
  },
  async 'once it is sent'(batch: Attempt[], request: (index: number) => string) {
    await all(batch, ({ socket }, index) => write(socket, request(index)))
    batch.forEach(breakOff)
  },
  async 'while it waits for the database'(batch: Attempt[], request: (index: number) => string) {
    await database.db.transaction().execute(async (tx) => {
      await sql`lock table sessions in access exclusive mode`.execute(tx)
      await all(batch, ({ socket }, index) => write(socket, request(index)))
      await expect.poll(() => lockWaiters(database.db), { interval: 5 }).toBeGreaterThan(0)
      await seen()
      batch.forEach(breakOff)
      await seen()
    })
  },
  async 'as it is answered'(batch: Attempt[], request: (index: number) => string) {
    await all(batch, async (begun, index) => {
      await write(begun.socket, request(index))
      await answered(begun)
      breakOff(begun, index)
    })
  },
  async 'after it, in the middle of what follows'(
    batch: Attempt[],
    request: (index: number) => string,
    transport: Transport,
  ) {
    await all(batch, async (begun, index) => {
      await write(begun.socket, request(index))
      await answered(begun)
      await write(begun.socket, next(transport, cookies[index] ?? '', begun.answer, index))
    })
    await seen()
    batch.forEach(breakOff)
  },
}

function write(socket: net.Socket, data: string | Buffer): Promise<void> {
  return new Promise((resolve) => void socket.write(data, () => resolve()))
}

describe.for(['directly', 'behind nginx'] as const)('%s', (way) => {
  const transports = ['websocket', 'polling'] as const
  const combinations = transports.flatMap((transport) =>
    [true, false].map((isSignedIn) => ({
      transport,
      isSignedIn,
      who: isSignedIn ? 'a session' : 'no session',
    })),
  )

  test.for(combinations)(
    `[LM5] ${handshakes} handshakes by $transport with $who that break off end nothing else`,
    { timeout: 60_000 },
    async ({ transport, isSignedIn }) => {
      const url = way === 'directly' ? desk.url : nginx.url
      const request = (index: number) =>
        handshake(transport, isSignedIn ? (cookies[index] ?? '') : 'deskbell=xxx')
      const breaks = Object.values(points)
      for (let done = 0; done < handshakes; done += atOnce) {
        const batch = Array.from({ length: atOnce }, () => attempt(url))
        await breaks[(done / atOnce) % breaks.length]?.(batch, request, transport)
        await seen()
        for (const { socket } of batch) socket.destroy()
        await all(batch, ({ closed }) => closed)
      }
      await expectUnharmed()
    },
  )
})

test('an unhandled rejection in one request ends nothing, and is logged as a bug', async () => {
  desk.process.kill('SIGUSR2')
  await expect.poll(desk.complaints).toContain('nobody waits for this')
  expect((await fetch(`${desk.url}/api/health/ready`)).status).toBe(200)
})

async function expectUnharmed(): Promise<void> {
  expect(desk.process.exitCode).toBeNull()
  expect((await fetch(`${desk.url}/api/health/ready`)).status).toBe(200)
  expect(desk.complaints()).toBe('')
}
