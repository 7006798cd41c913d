import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { TestDesk } from '../testing/index.ts'
import { originCases } from '../testing/origin-cases.ts'
import { originDesks } from '../testing/origin-desks.ts'
import { rawRequest } from '../testing/raw-request.ts'

const { deskWith } = originDesks()

interface Outcome {
  status: number
  code?: string
}

const accepted = { polling: { status: 200 }, websocket: { status: 101 } }
const transports = ['polling', 'websocket'] as const
type Transport = (typeof transports)[number]

/** Sends a raw handshake and returns the answer. A refusal must be a row of the table of errors. */
function shake(desk: TestDesk, transport: Transport, headers: Record<string, string>) {
  const query = `/socket.io/?EIO=4&transport=${transport}`
  return transport === 'polling'
    ? poll(desk.url + query, headers)
    : upgrade(desk.url + query, headers)
}

async function poll(url: string, headers: Record<string, string>): Promise<Outcome> {
  const { status, text } = await rawRequest(url, 'GET', headers)
  return status === 200 ? { status } : { status, code: codeIn(JSON.parse(text)) }
}

function upgrade(url: string, headers: Record<string, string>): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url.replace('http', 'ws'), { headers })
    socket.on('open', () => {
      socket.terminate()
      resolve({ status: 101 })
    })
    socket.on('error', reject)
    socket.on('unexpected-response', (_request, response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        resolve({ status: response.statusCode ?? 0, code: codeIn({ message: text }) })
      })
    })
  })
}

function codeIn(refusal: unknown): string {
  const { message } = refusal as { message: string }
  return (JSON.parse(message) as { code: string }).code
}

/** Over https the cookie has another name. */
function cookieAt(env: Record<string, string>, cookie: string): string {
  return env['PUBLIC_URL'] === undefined ? cookie : `__Host-${cookie}`
}

describe.for(transports)('by %s', (transport) => {
  const refusedStatus = transport === 'polling' ? 403 : 400

  test.for(originCases)('[SE2] $case: allowed is $allowed', async ({ env, headers, allowed }) => {
    const desk = deskWith(env)
    const { cookie } = await desk.someone('sales')
    expect(await shake(desk, transport, { cookie: cookieAt(env, cookie), ...headers })).toEqual(
      allowed ? accepted[transport] : { status: refusedStatus, code: 'request.origin' },
    )
  })

  test('[SE1] without a valid session there is no socket', async () => {
    const desk = deskWith({})
    const refused = { status: refusedStatus, code: 'session.none' }
    const ended = await desk.someone('admin')
    await ended.call('signOut')
    const expired = await desk.someone('admin')
    const expires_at = new Date(Date.now() - 1).toISOString()
    await desk.db
      .updateTable('sessions')
      .set({ expires_at })
      .where('person_id', '=', expired.id)
      .execute()
    const inactive = await desk.someone('admin')
    await desk.db
      .updateTable('people')
      .set({ active: false })
      .where('id', '=', inactive.id)
      .execute()
    const cookies = ['', 'deskbell=', `deskbell=${randomUUID()}`, 'deskbell=%00', 'x'.repeat(5000)]
    for (const cookie of [...cookies, ended.cookie, expired.cookie, inactive.cookie]) {
      const headers = { cookie, 'x-forwarded-for': '10.1.1.1' }
      expect([cookie, await shake(desk, transport, headers)]).toEqual([cookie, refused])
    }
    const person = await desk.someone('sales')
    expect(await shake(desk, transport, { cookie: person.cookie })).toEqual(accepted[transport])
  })

  test('[SE1] over https a cookie that a sibling domain could set does not count', async () => {
    const env = { PUBLIC_URL: 'https://desk.example.org' }
    const desk = deskWith(env)
    const { cookie } = await desk.someone('admin')
    expect(await shake(desk, transport, { cookie })).toEqual({
      status: refusedStatus,
      code: 'session.none',
    })
  })

  test('[LM2] failed handshakes are limited by address, those with a session never are', async () => {
    const desk = deskWith({})
    const { cookie } = await desk.someone('sales')
    const address = transport === 'polling' ? '10.2.0.1' : '10.2.0.2'
    const headers = { 'x-forwarded-for': address }
    const outcomes: Outcome[] = []
    for (let attempt = 0; attempt < 62; attempt += 1) {
      outcomes.push(await shake(desk, transport, headers))
    }
    const codes = outcomes.map(({ code }) => code)
    expect(codes.slice(0, 60)).toEqual(Array(60).fill('session.none'))
    expect(codes.slice(60)).toEqual(Array(2).fill('request.tooMany'))
    expect(await shake(desk, transport, { ...headers, cookie })).toEqual(accepted[transport])
    expect(await shake(desk, transport, { 'x-forwarded-for': '10.2.0.3' })).toMatchObject({
      code: 'session.none',
    })
  })
})

test('[LM2] all addresses of one IPv6 network count as one', async () => {
  const desk = deskWith({})
  const codes: (string | undefined)[] = []
  for (let attempt = 1; attempt <= 61; attempt += 1) {
    const headers = { 'x-forwarded-for': `2001:db8:2::${attempt}` }
    codes.push((await shake(desk, 'polling', headers)).code)
  }
  expect(codes.at(-2)).toBe('session.none')
  expect(codes.at(-1)).toBe('request.tooMany')
})

test('[SE2] a refused handshake allows nothing to another site', async () => {
  const desk = deskWith({})
  const { cookie } = await desk.someone('sales')
  const url = `${desk.url}/socket.io/?EIO=4&transport=polling`
  const answer = await rawRequest(url, 'GET', { cookie, origin: 'https://evil.example' })
  expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  expect(answer.headers['set-cookie']).toBeUndefined()
})
