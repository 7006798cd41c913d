import { randomUUID } from 'node:crypto'
import net from 'node:net'
import { setInterval as every } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDesk } from '../../testing/index.ts'
import type { TestDesk, TestPerson } from '../../testing/index.ts'
import { refusalOf } from '../../testing/refusal-of.ts'
import { stateOf } from '../../testing/state-of.ts'

/** What the server logs as wrong: slow clients must not appear there. */
const complaints: string[] = []

let desk: TestDesk
let ada: TestPerson
let ticketId: string
beforeAll(async () => {
  const log = pino({ level: 'warn' }, { write: (line: string) => void complaints.push(line) })
  // One byte every 10 ms: 30 bytes in a period that must bring 4,000.
  const timeouts = { headersMs: 400, bodyRateMs: 300, minBytes: 4_000 }
  desk = await startTestDesk({}, { timeouts, log })
  ada = await desk.someone('admin', 'Ada')
  const body = { title: 'Slow', description: '' }
  ticketId = (await ada.call('createTicket', { body })).body.ticket.id
})
afterAll(() => desk.stop())

interface Trickle {
  /** Sent at once. */
  head: string
  /** Sent repeatedly after it. */
  drop?: string
  drops?: number
  tail?: string
}

/** Sends slowly. Returns everything that arrives until the server closes the connection. */
async function trickle({ head, drop = ' ', drops = Infinity, tail = '' }: Trickle) {
  const socket = net.connect(Number(new URL(desk.url).port), '127.0.0.1')
  let text = ''
  socket.setEncoding('utf8').on('data', (some: string) => (text += some))
  // A connection cut off in the middle of a byte is also cut off.
  socket.on('error', () => {})
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.write(head)
  let sent = 0
  for await (const _ of every(10)) {
    if (socket.destroyed || sent === drops) break
    socket.write(drop)
    sent += 1
  }
  if (!socket.destroyed) socket.write(tail)
  await closed
  return text
}

function headOf(path: string, type: string, more: Record<string, string> = {}): string {
  const headers = {
    host: new URL(desk.url).host,
    cookie: ada.cookie,
    'idempotency-key': randomUUID(),
    'content-type': type,
    'content-length': '100000',
    connection: 'close',
    ...more,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`POST ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n')
}

function answerIn(text: string): { status: number; body: unknown } {
  const [head = '', body = ''] = text.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), body: JSON.parse(body) }
}

const form = 'multipart/form-data; boundary=x'
const fileHead = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'

test('headers that arrive too slowly are refused', async () => {
  const head = 'GET / HTTP/1.1\r\nhost: desk\r\nx-slow: '
  expect(refusalOf(answerIn(await trickle({ head, drop: 'x' })))).toBe('request.tooSlow')
})

test('a line of JSON that arrives too slowly is refused, signed in or not, and changes nothing', async () => {
  const before = await stateOf(desk.db)
  const texts = await Promise.all([
    trickle({ head: `${headOf('/api/tickets', 'application/json')}{"title":"` }),
    trickle({ head: `${headOf('/api/session', 'application/json')}{"email":"` }),
  ])
  expect(texts.map((text) => refusalOf(answerIn(text)))).toEqual([
    'request.tooSlow',
    'request.tooSlow',
  ])
  expect(await stateOf(desk.db)).toEqual(before)
})

test('a polling message that arrives too slowly is refused', async () => {
  const headers = { cookie: ada.cookie }
  const polling = '/socket.io/?EIO=4&transport=polling'
  const opened = await fetch(`${desk.url}${polling}`, { headers })
  const { sid } = JSON.parse((await opened.text()).slice(1)) as { sid: string }
  const head = headOf(`${polling}&sid=${sid}`, 'text/plain')
  expect(refusalOf(answerIn(await trickle({ head })))).toBe('request.tooSlow')
})

test('a file that arrives too slowly is refused, and nothing is stored', async () => {
  const before = await stateOf(desk.db)
  const head = headOf(`/api/tickets/${ticketId}/attachments`, form) + fileHead
  expect(refusalOf(answerIn(await trickle({ head })))).toBe('request.tooSlow')
  expect(await stateOf(desk.db)).toEqual(before)
})

test('a connection that keeps trickling after its refusal is cut off', async () => {
  const head = headOf('/api/tickets', 'application/json', { cookie: '', connection: 'keep-alive' })
  const text = await trickle({ head })
  expect(refusalOf(answerIn(text))).toBe('session.none')
})

test('a file over a slow line may take many times as long as a line of JSON, and arrives', async () => {
  const drop = 'x'.repeat(1_000)
  const drops = 100
  const tail = '\r\n--x--\r\n'
  const length = String(fileHead.length + drop.length * drops + tail.length)
  const path = `/api/tickets/${ticketId}/attachments`
  const head = headOf(path, form, { 'content-length': length }) + fileHead
  const answer = answerIn(await trickle({ head, drop, drops, tail }))
  expect(answer).toMatchObject({ status: 201, body: { attachment: { size: 100_000 } } })
})

test('no bug is logged', () => {
  expect(complaints).toEqual([])
})
