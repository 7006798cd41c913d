import { randomUUID } from 'node:crypto'
import net from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'

interface LogLine {
  level: number
  msg: string
}

const lines: LogLine[] = []
let desk: TestDesk
let ada: TestPerson
let ticketId: string
let fileId: string

beforeAll(async () => {
  const write = (line: string) => void lines.push(JSON.parse(line) as LogLine)
  desk = await startTestDesk({}, { log: pino({ level: 'trace' }, { write }) })
  ada = await desk.someone('admin', 'Ada')
  const made = await ada.call('createTicket', { body: { title: 'Printer', description: '' } })
  ticketId = made.body.ticket.id
  const file = await ada.upload(ticketId, { content: 'x'.repeat(4_000_000) })
  fileId = file.body.attachment.id
})
afterAll(() => desk.stop())

type End = 'end' | 'resetAndDestroy'

/** Sends a text, waits for this many bytes and breaks off. */
function breakOff(text: string, how: End, afterBytes = 0): Promise<void> {
  return new Promise((resolve) => {
    const socket = net.connect(Number(new URL(desk.url).port), '127.0.0.1')
    let came = 0
    const leave = () => (how === 'end' ? socket.end().destroySoon() : socket.resetAndDestroy())
    socket.on('error', () => {})
    socket.on('close', () => resolve())
    socket.on('data', (chunk: Buffer) => {
      came += chunk.length
      if (came >= afterBytes) leave()
    })
    socket.write(text, 'latin1', () => {
      if (afterBytes === 0) leave()
    })
  })
}

function request(method: string, path: string, headers: string[], body = '', length = body.length) {
  const lines = [`${method} ${path} HTTP/1.1`, 'host: localhost', ...headers]
  if (method !== 'GET') lines.push(`content-length: ${length}`)
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}

const json = 'content-type: application/json'

/** Requests that a stranger or a guest may send and leave. */
function noises(): [name: string, text: string, afterBytes?: number][] {
  const signIn = JSON.stringify({ email: `${randomUUID()}@desk.example`, password: 'a guess' })
  const mine = [`cookie: ${ada.cookie}`, `idempotency-key: ${randomUUID()}`]
  const boundary = 'content-type: multipart/form-data; boundary=x'
  const file =
    '--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nsome of it'
  const upload = `/api/tickets/${ticketId}/attachments`
  return [
    ['nothing at all', ''],
    ['half a line', 'GET /api/se'],
    ['headers without an end', 'GET /api/session HTTP/1.1\r\nhost: x\r\n'],
    ['a whole request', request('GET', '/api/setup', [])],
    ['a sign-in', request('POST', '/api/session', [json], signIn)],
    ['half a sign-in', request('POST', '/api/session', [json], '{"email', 900)],
    ['set-up', request('POST', '/api/setup', [json], signIn)],
    ['a link', request('GET', '/api/invitations/x', [])],
    ['half of a link taken', request('POST', '/api/invitations/x', [json], '{', 90)],
    ['JSON that is none', request('POST', '/api/session', [json], '{"email":')],
    ['a change', request('PATCH', '/api/me', [...mine, json], '{"name":"Ada"}')],
    ['half a change', request('PATCH', '/api/me', [...mine, json], '{"name"', 90)],
    ['half an upload', request('POST', upload, [...mine, boundary], file, 90_000)],
    ['a form without an end', request('POST', upload, [...mine, boundary], file)],
    ['a form that is none', request('POST', upload, [...mine, boundary], 'nothing of a form')],
    [
      'a form without its name',
      request('POST', upload, [...mine, 'content-type: multipart/form-data'], file),
    ],
    ['half a download', request('GET', `/api/attachments/${fileId}`, mine), 70_000],
    ['an address that does not decode', request('GET', '/api/tickets/%zz', mine)],
    ['headers without measure', request('GET', '/', [`x: ${'x'.repeat(40_000)}`])],
    ['bytes of TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    [
      'chunks that are none',
      'POST /api/session HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\ncontent-type: application/json\r\n\r\nzz\r\n',
    ],
    ['CONNECT', 'CONNECT desk.example:443 HTTP/1.1\r\nhost: x\r\n\r\n'],
    ['Expect', request('POST', '/api/session', [json, 'expect: 200-maybe'], signIn)],
    ['an upgrade', request('GET', '/api/me', ['connection: upgrade', 'upgrade: h2c'])],
    ['the page', request('GET', '/', [])],
    ['the figures', request('GET', '/metrics', [])],
  ]
}

test('a broken-off request is neither a bug nor an error', async () => {
  const ends = ['end', 'resetAndDestroy'] as const
  for (const [name, text, afterBytes] of noises()) {
    for (const how of ends) {
      const from = lines.length
      await Promise.all(Array.from({ length: 5 }, () => breakOff(text, how, afterBytes)))
      await ada.call('me')
      const bad = lines.slice(from).filter(({ level }) => level >= 50)
      expect([name, how, bad]).toEqual([name, how, []])
    }
  }
  // Work may go on for a while after its caller has left.
  await expect.poll(async () => (await ada.call('counters')).status).toBe(200)
  expect(lines.filter(({ level }) => level >= 50)).toEqual([])
})

test('a flood of them is one line', async () => {
  const tls = '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003'
  await breakOff(tls, 'end', 1)
  const from = lines.length
  await Promise.all(Array.from({ length: 300 }, () => breakOff(tls, 'end', 1)))
  await Promise.all(
    Array.from({ length: 100 }, () => breakOff(noises()[4]?.[1] ?? '', 'resetAndDestroy')),
  )
  const handshake = () => fetch(`${desk.url}/socket.io/?EIO=4&transport=polling`)
  const answers = await Promise.all(Array.from({ length: 300 }, handshake))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403]))
  await ada.call('me')
  const logged = lines.slice(from).filter(({ msg }) => msg.startsWith('unreadable request'))
  expect(logged).toEqual([])
  expect(lines.slice(from).filter(({ level }) => level >= 30).length).toBeLessThan(20)
})
