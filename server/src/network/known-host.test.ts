import { randomUUID } from 'node:crypto'
import { mkdtemp, mkdir, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { io } from 'socket.io-client'
import { describe, expect, test } from 'vitest'
import { startTestDesk } from '../testing/index.ts'
import { rawRequest } from '../testing/raw-request.ts'

const write = (cookie: string) => ({
  cookie,
  'content-type': 'application/json',
  'idempotency-key': randomUUID(),
})
const ticket = JSON.stringify({ title: 'Printer', description: '' })

/** Names that another site could make resolve to any address. */
const foreign = [
  'evil.example',
  'evil.example:3000',
  `${hostname()}.evil.example`,
  '127.0.0.1.evil.example',
]
const own = [
  'localhost',
  'localhost:3000',
  '192.168.1.20:3000',
  '[fd00::1]',
  hostname(),
  'LOCALHOST.',
]

describe('[SE2] while PUBLIC_URL is unset', () => {
  test('a change at a name of another site is refused, with the line to set', async () => {
    await using desk = await startTestDesk()
    const { cookie } = await desk.someone('sales')
    for (const host of foreign) {
      const headers = { ...write(cookie), host, origin: `http://${host}` }
      const { status, text } = await rawRequest(`${desk.url}/api/tickets`, 'POST', headers, ticket)
      expect([host, status, JSON.parse(text)]).toEqual([
        host,
        403,
        expect.objectContaining({
          code: 'request.host',
          details: { host, setting: `PUBLIC_URL=http://${host}` },
        }),
      ])
    }
    for (const host of own) {
      const headers = { ...write(cookie), host, origin: `http://${host}` }
      const answer = await rawRequest(`${desk.url}/api/tickets`, 'POST', headers, ticket)
      expect([host, answer.status]).toEqual([host, 201])
    }
  })

  test('a socket at a name of another site is refused', async () => {
    await using desk = await startTestDesk()
    const { cookie } = await desk.someone('admin')
    for (const transport of ['polling', 'websocket'] as const) {
      const host = 'evil.example'
      const socket = io(desk.url, {
        transports: [transport],
        reconnection: false,
        forceNew: true,
        extraHeaders: { cookie, host, origin: `http://${host}` },
      })
      const outcome = await new Promise((resolve) => {
        socket.on('connect', () => resolve('connected'))
        socket.on('connect_error', () => resolve('refused'))
      })
      socket.disconnect()
      expect([transport, outcome]).toEqual([transport, 'refused'])
    }
  })

  test('a page at an unknown name shows the line to set, and runs nothing that the request contains', async () => {
    const root = await mkdtemp(path.join(tmpdir(), 'deskbell-page-'))
    await mkdir(path.join(root, 'assets'))
    await writeFile(path.join(root, 'index.html'), '<p>the app</p>')
    await using desk = await startTestDesk({}, { webRoot: root })
    const page = await rawRequest(`${desk.url}/tickets`, 'GET', { host: 'desk.corp:3000' })
    expect(page.status).toBe(403)
    expect(page.text).toContain('PUBLIC_URL=http://desk.corp:3000')
    const hostile = await rawRequest(`${desk.url}/`, 'GET', { host: '<script>alert(1)</script>' })
    expect(hostile.text).not.toContain('<script>')
    const known = await rawRequest(`${desk.url}/`, 'GET', { host: 'localhost:3000' })
    expect([known.status, known.text]).toEqual([200, '<p>the app</p>'])
  })
})

test('with PUBLIC_URL set, the Origin decides, whatever the Host is', async () => {
  await using desk = await startTestDesk({ PUBLIC_URL: 'http://desk.example.org' })
  const { cookie } = await desk.someone('sales')
  const headers = { ...write(cookie), host: 'inside:3000', origin: 'http://desk.example.org' }
  const answer = await rawRequest(`${desk.url}/api/tickets`, 'POST', headers, ticket)
  expect(answer.status).toBe(201)
})

test('a link uses host and protocol as a proxy reports them only if they are well-formed', async () => {
  await using desk = await startTestDesk({ TRUST_PROXY: 'true' })
  const { cookie } = await desk.someone('super_admin')
  async function linkWith(forwarded: Record<string, string>): Promise<string> {
    const headers = { ...write(cookie), host: '192.168.1.20:3000', ...forwarded }
    const email = `${randomUUID()}@desk.example`
    const body = JSON.stringify({ email, name: email, role: 'sales' })
    const { text } = await rawRequest(`${desk.url}/api/people`, 'POST', headers, body)
    const { invitation } = JSON.parse(text) as { invitation: { url: string } }
    return invitation.url.replace(/\/invitation\/.*/, '')
  }

  expect(await linkWith({})).toBe('http://192.168.1.20:3000')
  expect(
    await linkWith({ 'x-forwarded-proto': 'https', 'x-forwarded-host': 'desk.example.org' }),
  ).toBe('https://desk.example.org')
  expect(await linkWith({ 'x-forwarded-proto': 'javascript' })).toBe('http://192.168.1.20:3000')
  for (const host of ['evil.example/path', 'user@evil.example', 'evil.example?', 'a b', '"'])
    expect(await linkWith({ 'x-forwarded-host': host })).toBe('http://192.168.1.20:3000')
})

test('refused origins and names are in the log, many in one line, with the setting to change', async () => {
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
  await using desk = await startTestDesk({}, { log })
  for (let count = 0; count < 50; count += 1)
    await rawRequest(`${desk.url}/api/session`, 'POST', { origin: 'https://evil.example' })
  const refused = lines.filter((line) => line.includes('evil.example'))
  expect(refused).toHaveLength(1)
  expect(JSON.parse(refused[0] ?? '')).toMatchObject({
    origin: 'https://evil.example',
    host: expect.stringContaining('127.0.0.1'),
    PUBLIC_URL: null,
  })
})
