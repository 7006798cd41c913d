import fc from 'fast-check'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { limits } from '@deskbell/contract'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { rawRequest } from '../testing/raw-request.ts'
import { stateOf } from '../testing/state-of.ts'

let desk: TestDesk
let person: TestPerson
/** The socket of another person, which must keep working in every test. */
let healthy: Socket
const received: string[] = []

beforeAll(async () => {
  desk = await startTestDesk()
  const admin = await desk.someone('admin', 'Ada')
  healthy = admin.socket()
  healthy.onAny((name: string) => received.push(name))
})
beforeEach(async () => {
  person = await desk.someone('sales')
})
afterAll(() => desk.stop())

async function expectNothingHappened(before: Record<string, string>): Promise<void> {
  expect(await stateOf(desk.db)).toEqual(before)
  const known = received.length
  await person.call('createTicket', { body: { title: 'Still there?', description: '' } })
  await expect.poll(() => received.slice(known), soon).toContain('ticket:created')
  expect(healthy.connected).toBe(true)
}

const soon = { interval: 5, timeout: 5_000 }

/** A connection whose protocol the test speaks itself. */
interface Wire {
  socket: WebSocket
  messages: string[]
  closed: Promise<{ code: number }>
}

async function wire(): Promise<Wire> {
  const url = `${desk.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
  const socket = new WebSocket(url, { headers: { cookie: person.cookie } })
  const messages: string[] = []
  const closed = new Promise<{ code: number }>((resolve) => {
    socket.on('close', (code) => resolve({ code }))
  })
  // Only the end matters: the error depends on how fast the other side is.
  socket.on('error', () => socket.terminate())
  socket.on('message', (data) => messages.push((data as Buffer).toString()))
  await expect.poll(() => messages.some((text) => text.startsWith('0{')), soon).toBe(true)
  return { socket, messages, closed }
}

/** Opens such a connection and waits for the greeting of its socket. */
async function openWire(): Promise<Wire> {
  const opened = await wire()
  opened.socket.send('40')
  await expect
    .poll(() => opened.messages.some((text) => text.includes('sync:ready')), soon)
    .toBe(true)
  return opened
}

function connected(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    socket.on('connect', () => resolve('connected'))
    socket.on('connect_error', (error) =>
      resolve((error as Error & { data?: { code: string } }).data?.code ?? error.message),
    )
  })
}

test('[LM1] the 21st socket is refused with a reason, and no other one is closed', async () => {
  const sockets = Array.from({ length: limits.socketsPerPerson }, () => person.socket())
  expect(new Set(await Promise.all(sockets.map(connected)))).toEqual(new Set(['connected']))
  const refused = person.socket()
  expect(await connected(refused)).toBe('socket.tooManySockets')
  expect(await connected((await desk.again(person)).socket())).toBe('socket.tooManySockets')
  expect(sockets.every((socket) => socket.connected)).toBe(true)
  expect(await connected((await desk.someone('sales')).socket())).toBe('connected')

  sockets[0]?.disconnect()
  const tryAgain = async () => connected(person.socket())
  await expect.poll(tryAgain).toBe('connected')
})

test('[LM1] sockets requested at the same moment count like others', async () => {
  const sockets = Array.from({ length: 30 }, () => person.socket())
  const outcomes = await Promise.all(sockets.map(connected))
  expect(outcomes.filter((outcome) => outcome === 'connected')).toHaveLength(20)
  expect(outcomes.filter((outcome) => outcome === 'socket.tooManySockets')).toHaveLength(10)
})

test('[LM1] a connection has at most one socket', async () => {
  const { sid } = JSON.parse((await poll('')).text.slice(1)) as { sid: string }
  const many = Array.from({ length: 200 }, () => '40').join('\u001e')
  await poll(sid, many)
  await expect.poll(openSocketsOf).toBe(0)

  const { socket, closed } = await wire()
  for (let count = 0; count < 200; count += 1) socket.send('40')
  await closed
  await expect.poll(openSocketsOf).toBe(0)
})

async function openSocketsOf(): Promise<number> {
  return (await desk.app.socketServer.isUserConnected(person.id)) ? 1 : 0
}

function poll(sid: string, body?: string) {
  const query = `EIO=4&transport=polling${sid === '' ? '' : `&sid=${sid}`}`
  const method = body === undefined ? 'GET' : 'POST'
  const headers = { cookie: person.cookie, 'content-type': 'text/plain' }
  return rawRequest(`${desk.url}/socket.io/?${query}`, method, headers, body)
}

test('[LM3] a message of more than 64 KiB closes its connection, and polling refuses it', async () => {
  const before = await stateOf(desk.db)
  const { socket, closed } = await openWire()
  socket.send(`42["${'x'.repeat(limits.socketMessageBytes)}"]`)
  expect(await closed).toEqual({ code: expect.toBeOneOf([1009, 1006]) })

  const { sid } = JSON.parse((await poll('')).text.slice(1)) as { sid: string }
  const { status } = await poll(sid, `42["${'x'.repeat(limits.socketMessageBytes)}"]`)
  expect(status).toBe(413)
  await expectNothingHappened(before)
})

test('[LM3] a message in endless fragments closes its connection', async () => {
  const before = await stateOf(desk.db)
  const { socket, closed } = await openWire()
  for (let count = 0; count < 40; count += 1) socket.send('x', { fin: false })
  expect(await closed).toEqual({ code: expect.toBeOneOf([1008, 1006]) })
  await expectNothingHappened(before)
})

test('[LM3] a binary message closes its connection', async () => {
  const before = await stateOf(desk.db)
  const hostile: (string | Buffer)[] = [
    Buffer.from('hello'),
    '451-["upload",{"_placeholder":true,"num":0}]',
    '4510-["upload"]',
    '461-0["upload",{"_placeholder":true,"num":0}]',
  ]
  for (const message of hostile) {
    const { socket, closed } = await openWire()
    socket.send(message)
    await closed
  }
  await expectNothingHappened(before)
})

test('[LM3] any other message is refused, and the fifth closes the socket', async () => {
  const before = await stateOf(desk.db)
  const socket = person.socket()
  const refused: unknown[] = []
  socket.on('sync:refused', (body: unknown) => refused.push(body))
  await connected(socket)
  socket.emit('ticket:created', { ticketId: 'x' })
  socket.emit('changeStatus', { status: 'closed' })
  socket.emit('sync:ready', {})
  await expect.poll(() => refused.length).toBe(3)
  const body = {
    code: 'socket.unknownEvent',
    message: 'The server does not know this message.',
  }
  expect(refused).toEqual(Array(3).fill(body))
  expect(await socket.emitWithAck('join', 'room')).toEqual(body)
  expect(socket.connected).toBe(true)

  const reason = new Promise((resolve) => void socket.on('disconnect', resolve))
  socket.emit('again')
  expect(await reason).toBe('io server disconnect')
  await expectNothingHappened(before)
})

test('[LM3] no message of a client changes anything or ends the server', async () => {
  const before = await stateOf(desk.db)
  const hostile = [
    '',
    '9',
    '4',
    '49',
    '4x',
    '42',
    '42[',
    '42{}',
    '42null',
    '42[]',
    '42[1]',
    '42[null]',
    '42[{}]',
    '42["connect"]',
    '42["disconnect"]',
    '42["connect_error"]',
    '42["newListener"]',
    '42["error"]',
    '42["__proto__"]',
    '42["constructor",{"prototype":{}}]',
    '42["x",{"__proto__":{"polluted":true}}]',
    `42["x",${'['.repeat(20_000)}${']'.repeat(20_000)}]`,
    '42999999999999999999["x"]',
    '43',
    '430',
    '430[]',
    '4399[1]',
    '44{"message":"x"}',
    '45',
    '451-',
    '45-1-["x"]',
    '451e9-["x"]',
    '46',
    '40',
    '40/admin,',
    '40/__proto__,{}',
    `40/${'x'.repeat(20_000)},`,
    '42/other,["x"]',
    '41/other,',
    '1',
    '2probe',
    '3',
    '5',
    '6',
    '\u0000',
    '\u001e',
    '42["\ud800"]',
  ]
  for (const message of hostile) {
    const { socket } = await openWire()
    socket.send(message)
    socket.send('42["after"]')
    socket.close()
  }
  const auths = [
    '40[]',
    '40null',
    '40"x"',
    '40{"cursor":null}',
    '40{"cursor":{"seq":1e999,"tag":"x"}}',
    '40{"cursor":{"seq":-1,"tag":"x"}}',
    '40{"cursor":{"seq":1,"tag":"\\u0000"}}',
    '40{"cursor":{"seq":9007199254740993,"tag":"x"}}',
    '40{"__proto__":{"cursor":1}}',
    `40{"cursor":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
  ]
  for (const auth of auths) {
    const { socket } = await wire()
    socket.send(auth)
    socket.close()
  }
  expect({}).not.toHaveProperty('polluted')
  await expectNothingHappened(before)
})

test('[LM3] no random message ends the server', async () => {
  const before = await stateOf(desk.db)
  const type = fc.constantFrom('40', '41', '42', '43', '44', '45', '46', '4', '2', '3', '6', '')
  const rest = fc.oneof(fc.json({ maxDepth: 3 }), fc.string({ unit: 'binary' }), fc.string())
  const packet = fc
    .tuple(type, fc.constantFrom('', '/,', '/x,', '1-', '7'), rest)
    .map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(fc.array(packet, { maxLength: 8 }), async (packets) => {
      const { socket, closed } = await wire()
      for (const text of packets) socket.send(text.toWellFormed())
      socket.close()
      await closed
    }),
    { numRuns: 60 },
  )
  await expectNothingHappened(before)
})
