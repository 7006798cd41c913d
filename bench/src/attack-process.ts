import { randomBytes, randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import net from 'node:net'
import type { Attack } from './attack.ts'

/** Attacks a desk as a stranger or as one person, in a process of its own and at a steady rate. */
const [name = '', url = '', cookie = ''] = process.argv.slice(2)
const perSecond = name === 'handshakes' ? 1_000 : 400
const agent = new Agent({ keepAlive: true, maxSockets: 1_000 })
const port = Number(new URL(url).port)

const everyMs = 10

/** Every so many handshakes, a ticket becomes urgent and sends an alert to everyone. */
const handshakesPerBell = 75

const attacks: Record<Attack, (index: number) => void> = {
  passwords(index) {
    const password = randomBytes(12).toString('hex')
    const email = `${randomUUID()}@bench.example`
    if (index % 2 === 0) return send('POST', '/api/session', { email, password })
    const token = randomBytes(20).toString('base64url')
    send('POST', '/api/setup', { token, name: 'Mallory', email, password })
  },
  handshakes(index) {
    if (index % handshakesPerBell > 0) return send('GET', '/socket.io/?EIO=4&transport=polling')
    send('POST', '/api/tickets', { title: 'Now!', description: '', priority: 'urgent' })
  },
  brokenOff(index) {
    const [text = ''] = brokenOff.slice(index % brokenOff.length)
    const socket = net.connect(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(text, () =>
      index % 2 === 0 ? socket.resetAndDestroy() : socket.end().destroySoon(),
    )
  },
}

const head = ['host: localhost', 'content-type: application/json', 'content-length: 900']
const brokenOff = [
  'GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nhost: localhost\r\ncookie: deskbell=xxx\r\n\r\n',
  `POST /api/session HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n{"email`,
  `POST /api/setup HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n{"token`,
  'GET /api/session HTTP/1.1\r\nhost: loc',
]

/** Each request comes from another network, so that the limits per network do not slow the attack down. */
function send(method: string, path: string, body?: object): void {
  const text = body === undefined ? '' : JSON.stringify(body)
  const sent = request(url + path, {
    agent,
    method,
    headers: {
      'x-forwarded-for': `${10 + Math.floor(Math.random() * 200)}.${[...randomBytes(3)].join('.')}`,
      ...(name === 'handshakes' ? { cookie, 'idempotency-key': randomUUID() } : {}),
      ...(body && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      }),
    },
  })
  sent.on('response', (response) => {
    answers.set(response.statusCode ?? 0, (answers.get(response.statusCode ?? 0) ?? 0) + 1)
    response.resume()
  })
  sent.on('error', () => {})
  sent.end(text)
}

const answers = new Map<number, number>()
let count = 0
const startedAt = performance.now()
setInterval(() => {
  const due = ((performance.now() - startedAt) / 1000) * perSecond
  for (; count < due; count += 1) attacks[name as Attack](count)
}, everyMs)

process.send?.('begun')
process.once('message', () => process.send?.({ count, answers: Object.fromEntries(answers) }))
