import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import type { ServerOptions, Socket } from 'socket.io'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { limits } from '@deskbell/contract'
import type { DeskEvent, Position } from '@deskbell/contract'
import { defaultEnvironment } from '../environment.ts'
import { createLiveSession } from './live-session.ts'
import type { LiveSession } from './live-session.ts'
import { row, statusChanged } from '../testing/build.ts'
import { SimulatedClock } from '../testing/simulated-clock.ts'
import type { Connection } from '../types.ts'
import { socketIoTransport } from './transport.ts'

/** What one client's session did. */
interface Received {
  events: DeskEvent[]
  starts: Position[]
  resumes: Position[]
  custom: [string, unknown][]
  presence: unknown[]
  timings: unknown[]
  connections: Connection[]
  bugs: unknown[]
  sessionAsked: number
  attempts: number
}

const timings = { repeatMs: 10_000, expireMs: 24_000 }

let io: Server
let url: string
let connected: Socket[]
let clock: SimulatedClock
let received: Received
let session: LiveSession
let answer: 'ended' | 'unknown' | Promise<'unknown'>
let onEvent: (event: DeskEvent) => void

beforeEach(async () => {
  connected = []
  clock = new SimulatedClock()
  answer = 'unknown'
  onEvent = () => undefined
  received = {
    events: [],
    starts: [],
    resumes: [],
    custom: [],
    presence: [],
    timings: [],
    connections: [],
    bugs: [],
    sessionAsked: 0,
    attempts: 0,
  }
  await listen()
})

afterEach(async () => {
  session.stop()
  await io.close()
})

test('[RS2] a first connection sends no cursor, and the stream begins where the server says', async () => {
  const socket = await connect()
  expect(socket.handshake.auth).toEqual({})
  ready(socket, 'live', 10)
  await until(() => received.starts.length > 0)
  expect(received.starts).toEqual([{ seq: 10, tag: 't10' }])
  expect(last(received.connections)).toEqual({ state: 'live' })
  expect(session.isConnected()).toBe(true)
  expect(session.socketId()).toBe(socket.id)
})

test('[CK1] an event that follows the cursor is applied, and the next connection sends the new cursor', async () => {
  const socket = await live(10)
  send(socket, 12, 10)
  position(socket, 15, 12)
  send(socket, 16, 15)
  await until(() => received.events.length === 2)
  expect(received.events.map(({ meta }) => meta.seq)).toEqual([12, 16])

  socket.disconnect(true)
  await untilDown()
  await clock.pass(1_000)
  expect((await next()).handshake.auth).toEqual({ cursor: { seq: 16, tag: 't16' } })
})

test('[CK2] the client applies nothing of a hole and resumes from its cursor', async () => {
  const socket = await live(10)
  send(socket, 11, 10)
  send(socket, 13, 12)
  const second = await next()
  expect(second.handshake.auth).toEqual({ cursor: { seq: 11, tag: 't11' } })
  ready(second, 'resume', 11, 13)
  send(second, 12, 11)
  send(second, 13, 12)
  await until(() => received.events.length === 3)
  expect(received.events.map(({ meta }) => meta.seq)).toEqual([11, 12, 13])
})

test('[CK2] a position that does not follow is a hole, and so is a message before `sync:ready`', async () => {
  const socket = await live(10)
  position(socket, 13, 12)
  const second = await next()
  expect(second.handshake.auth).toEqual({ cursor: { seq: 10, tag: 't10' } })
  send(second, 11, 10)
  await untilDown()
  expect(received.events).toEqual([])
})

test('[CK3] a second hole at the same cursor drops it, and the client reads everything again', async () => {
  const socket = await live(10)
  send(socket, 12, 11)
  const second = await next()
  ready(second, 'resume', 10, 12)
  send(second, 12, 11)
  await untilDown(2)
  // To greet is not to be well: a server that errs again and again is not asked again and again.
  await clock.pass(1_999)
  expect(received.attempts).toBe(2)
  await clock.pass(1)
  const third = await next()
  expect(third.handshake.auth).toEqual({})
  ready(third, 'live', 12)
  await until(() => received.starts.length === 2)
  expect(received.starts[1]).toEqual({ seq: 12, tag: 't12' })
})

test('[CK4] the client leaves a connection that is silent for 25 s, and keeps one that sends positions', async () => {
  const socket = await live(10)
  for (const seq of [11, 12, 13]) {
    await clock.pass(limits.positionEveryMs)
    position(socket, seq, seq - 1)
    await roundTrip(socket)
  }
  await clock.pass(limits.silenceMs - 1)
  expect(received.attempts).toBe(1)
  await clock.pass(1)
  expect(received.attempts).toBe(2)
  expect((await next()).handshake.auth).toEqual({ cursor: { seq: 13, tag: 't13' } })
})

test('[CK5] an event of an unknown name moves the cursor', async () => {
  const socket = await live(10)
  socket.emit(
    'ticket:folded',
    { ticketId: 'x' },
    { ...statusChanged(11, row(1), 'closed').meta, after: 10 },
  )
  send(socket, 12, 11)
  await until(() => received.events.length === 2)
  expect(received.custom).toEqual([])
})

test('[EP3] a custom event is passed on and does not move the cursor', async () => {
  const socket = await live(10)
  socket.emit('deploy', { version: 3 })
  send(socket, 11, 10)
  await until(() => received.events.length === 1)
  expect(received.custom).toEqual([['deploy', { version: 3 }]])
})

test('[CL4] the client is catching up until it reaches the head that the server named', async () => {
  const socket = await live(10)
  socket.disconnect(true)
  await untilDown()
  await clock.pass(1_000)
  const second = await next()
  ready(second, 'resume', 10, 12)
  send(second, 11, 10)
  position(second, 12, 11)
  await until(() => last(received.connections)?.state === 'live')
  expect(received.connections.slice(-4)).toEqual([
    { state: 'offline', since: expect.any(String) },
    { state: 'catchingUp', remaining: 2 },
    { state: 'catchingUp', remaining: 1 },
    { state: 'live' },
  ])
})

test('[CL1] the client tries a lost connection again without end, at first quickly', async () => {
  const socket = await live(10)
  await io.close()
  await untilDown()
  socket.removeAllListeners()
  const waited: number[] = []
  // 0.5 of the way to 30 s, from the sixth on.
  for (const ms of [1_000, 2_000, 4_000, 8_000, 16_000, 15_000, 15_000, 15_000]) {
    const attempts = received.attempts
    await until(() => received.sessionAsked === attempts - 1)
    await clock.pass(ms - 1)
    expect(received.attempts).toBe(attempts)
    await clock.pass(1)
    expect(received.attempts).toBe(attempts + 1)
    waited.push(ms)
  }
  expect(waited).toHaveLength(8)
  expect(last(received.connections)).toEqual({
    state: 'offline',
    since: new Date('2026-11-22T10:00:00.000Z').toISOString(),
  })
})

test('[CL2] a wake-up tries at once, and keeps a healthy connection', async () => {
  const socket = await live(10)
  clock.wake()
  expect(received.attempts).toBe(1)
  socket.disconnect(true)
  await untilDown()
  clock.wake()
  expect(received.attempts).toBe(2)
  // A second sign of waking comes right after the first.
  clock.wake()
  expect(received.attempts).toBe(2)
  await next()
})

test('[CL2] a wake-up keeps a recent attempt and gives up an old one', async () => {
  await connect()
  await clock.pass(2_000)
  clock.wake()
  expect(received.attempts).toBe(1)
  await clock.pass(1)
  clock.wake()
  expect(received.attempts).toBe(2)
})

test('[CL2] when the browser says that it is offline, the client gives the connection up and tries again', async () => {
  await live(10)
  clock.cutOff()
  expect(last(received.connections)).toMatchObject({ state: 'offline' })
  await until(() => clock.waiting > 0)
  await clock.pass(1_000)
  expect(received.attempts).toBe(2)
  await next()
})

test.each(['sync:restarting', 'sync:unavailable'])(
  '[CL3] after %s the client is back when it was told',
  async (name) => {
    const socket = await live(10)
    socket.emit(name, { retryInMs: 7_000 })
    await roundTrip(socket)
    socket.disconnect(true)
    await untilDown()
    await clock.pass(6_999)
    expect(received.attempts).toBe(1)
    await clock.pass(1)
    expect(received.attempts).toBe(2)
  },
)

test('[SE6] a refused handshake of an ended session ends it', async () => {
  await io.close()
  await listen({ allowRequest: (_request, callback) => callback('session.none', false) })
  answer = 'ended'
  open()
  await until(() => last(received.connections)?.state === 'ended')
  expect(received.sessionAsked).toBe(1)
  await clock.pass(120_000)
  expect(received.attempts).toBe(1)
})

test('[SE6] the client tries again while the session may exist', async () => {
  await io.close()
  open()
  await until(() => received.sessionAsked === 1)
  await clock.pass(1_000)
  await until(() => received.sessionAsked === 2)
  expect(last(received.connections)?.state).toBe('offline')
})

test('[CL2] a wake-up during the session check makes the only attempt', async () => {
  await io.close()
  let resume: (answer: 'unknown') => void = () => undefined
  answer = new Promise((resolve) => {
    resume = resolve
  })
  open()
  await until(() => received.sessionAsked === 1)
  await listen({}, Number(new URL(url).port))
  clock.wake()
  const socket = await next()
  resume('unknown')
  ready(socket, 'live', 10)
  await until(() => session.isConnected())
  await clock.pass(5_000)
  expect(received.attempts).toBe(2)
})

test('[LM1] the client tries again after a refusal with another reason, without a session check', async () => {
  io.use((_socket, done) =>
    done(Object.assign(new Error('no'), { data: { code: 'socket.tooManySockets' } })),
  )
  open()
  await untilDown()
  await until(() => clock.waiting > 0)
  await clock.pass(1_000)
  expect(received.attempts).toBe(2)
  expect(received.sessionAsked).toBe(0)
})

test('[SE3] an ended session has the reason', async () => {
  const socket = await live(10)
  answer = 'ended'
  const data = { personId: 'me', sessionIds: ['s'], reason: 'passwordChanged' }
  socket.emit('session:ended', data, { ...statusChanged(11, row(1), 'closed').meta, version: null })
  socket.disconnect(true)
  await until(() => last(received.connections)?.state === 'ended')
  expect(last(received.connections)).toEqual({ state: 'ended', reason: 'passwordChanged' })
})

test('[SE7] a connection of another person ends the session, and the client receives nothing of it', async () => {
  const socket = await live(10)
  socket.disconnect(true)
  await untilDown()
  await clock.pass(1_000)
  const second = await next()
  ready(second, 'resume', 10, 11, 'you')
  send(second, 11, 10)
  await until(() => last(received.connections)?.state === 'ended')
  expect(last(received.connections)).toEqual({ state: 'ended', reason: 'replaced' })
  await until(() => second.disconnected)
  expect(received.events).toEqual([])
  await clock.pass(120_000)
  expect(received.attempts).toBe(2)
})

test('[SE3] the end of another session of the same person does not end this one', async () => {
  const socket = await live(10)
  const data = { personId: 'me', sessionIds: ['other'], reason: 'signedOut' }
  socket.emit('session:ended', data, { ...statusChanged(11, row(1), 'closed').meta, version: null })
  send(socket, 12, 11)
  await until(() => received.events.length === 2)
  expect(last(received.connections)).toEqual({ state: 'live' })
})

test('an event that cannot be applied is reported, and the client reads everything again', async () => {
  onEvent = () => {
    throw new Error('cannot')
  }
  const socket = await live(10)
  send(socket, 11, 10)
  const second = await next()
  expect(second.handshake.auth).toEqual({})
  expect(received.bugs).toEqual([new Error('cannot')])
})

test('where WebSockets are blocked the client uses polling', async () => {
  await io.close()
  await listen({ transports: ['polling'] })
  const socket = await live(10)
  expect(socket.conn.transport.name).toBe('polling')
  send(socket, 11, 10)
  await until(() => received.events.length === 1)
})

test('a stopped session receives and tries nothing', async () => {
  const socket = await live(10)
  session.stop()
  await until(() => !socket.connected)
  await clock.pass(120_000)
  expect(received.attempts).toBe(1)
  expect(session.isConnected()).toBe(false)
  expect(clock.waiting).toBe(0)
})

test('a session that a listener stops receives and tries nothing', async () => {
  const socket = await live(10)
  onEvent = () => session.stop()
  send(socket, 11, 10)
  await until(() => !socket.connected)
  const said = received.connections.length
  await clock.pass(120_000)
  expect(received.attempts).toBe(1)
  expect(received.connections).toHaveLength(said)
  expect(clock.waiting).toBe(0)
})

test('[PR1] what the tab shows is sent on a greeted connection alone, and states of presence are handed on', async () => {
  const update = { rev: 1, open: null, onScreen: [], hidden: false, applied: 10 }
  const socket = await connect()
  expect(session.tellPresence(update)).toBe(false)
  ready(socket, 'live', 10)
  await until(() => received.timings.length > 0)
  expect(received.timings).toEqual([timings])
  const heard = new Promise((resolve) => void socket.once('presence:update', resolve))
  expect(session.tellPresence(update)).toBe(true)
  expect(await heard).toEqual(update)
  socket.emit('presence:state', { tickets: [] })
  await until(() => received.presence.length > 0)
  expect(received.presence).toEqual([[]])
  expect(received.custom).toEqual([])
})

async function listen(options: Partial<ServerOptions> = {}, port = 0): Promise<void> {
  const http = createServer()
  io = new Server(http, options)
  io.on('connection', (socket) => void connected.push(socket))
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
}

function open(): void {
  const wires = socketIoTransport(url, {})
  session = createLiveSession({
    open: (cursor, handlers) => {
      received.attempts += 1
      return wires(cursor, handlers)
    },
    environment: {
      ...defaultEnvironment(),
      ...clock.environment,
      report: (bug) => void received.bugs.push(bug),
    },
    personId: 'me',
    askSession: async () => {
      received.sessionAsked += 1
      return answer
    },
    onStart: (start) => void received.starts.push(start),
    onResume: (start) => void received.resumes.push(start),
    onEvent(event) {
      onEvent(event)
      received.events.push(event)
    },
    onPosition: () => undefined,
    onEphemeral(message) {
      if (message.name === 'presence:state') received.presence.push(message.data.tickets)
    },
    onGreeted: (timings) => void received.timings.push(timings),
    onCustom: (name, data) => void received.custom.push([name, data]),
    onConnection: (connection) => void received.connections.push(connection),
  })
  session.start()
}

async function connect(): Promise<Socket> {
  open()
  return next()
}

/** The next connection that the server gets, or got. */
async function next(): Promise<Socket> {
  const [socket] = await until(() => connected.length > 0 && connected)
  if (socket === undefined) throw new Error('there is one')
  connected = connected.slice(1)
  return socket
}

async function live(seq: number): Promise<Socket> {
  const socket = await connect()
  ready(socket, 'live', seq)
  await until(() => received.starts.length > 0)
  return socket
}

function ready(socket: Socket, mode: string, seq: number, head = seq, personId = 'me'): void {
  socket.emit('sync:ready', { mode, seq, tag: `t${seq}`, head, personId, timings })
}

function send(socket: Socket, seq: number, after: number): void {
  const { name, data, meta } = statusChanged(seq, row(1), 'waiting', { after })
  socket.emit(name, data, meta)
}

function position(socket: Socket, seq: number, after: number): void {
  socket.emit('sync:position', { seq, tag: `t${seq}`, after })
}

/** Everything the server sent before has been received. */
async function roundTrip(socket: Socket): Promise<void> {
  const mark = received.custom.length
  socket.emit('mark', null)
  await until(() => received.custom.length > mark)
  received.custom.pop()
}

function untilDown(times = 1): Promise<unknown> {
  return until(
    () => received.connections.filter(({ state }) => state === 'offline').length >= times,
  )
}

function until<T>(condition: () => T): Promise<Exclude<T, false | undefined>> {
  return vi.waitFor(
    () => {
      const value = condition()
      if (value === false || value === undefined)
        throw new Error(`not yet: ${condition.toString()}`)
      return value as Exclude<T, false | undefined>
    },
    { timeout: 4_000, interval: 5 },
  )
}

function last<T>(items: readonly T[]): T | undefined {
  return items.at(-1)
}
