import { openAsBlob } from 'node:fs'
import { appendFile, mkdtemp, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createApi } from './api.ts'
import type { Api } from './api.ts'
import type { ApiError } from './api-error.ts'
import { defaultEnvironment } from './environment.ts'
import { createRequestTracker } from './cache/request-tracker.ts'
import { createStore } from './cache/store.ts'
import { upload } from './mutations/upload.ts'

interface Asked {
  method: string | undefined
  url: string | undefined
  headers: IncomingMessage['headers']
  body: string
}

interface Replied {
  status: number
  body: string
  headers?: Record<string, string>
}

const id = '01980f5e-8a4d-7cc2-9b8e-0f1e2d3c4b5a'

let http: Server
let api: Api
let asked: Asked[]
let refused: ApiError[]
let reply: Replied
/** Given before `reply`. */
let first: Replied[]
let confirm: () => Promise<boolean>

beforeEach(async () => {
  asked = []
  refused = []
  first = []
  confirm = () => Promise.resolve(false)
  reply = { status: 200, body: '{}' }
  http = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method, url, headers } = request
      asked.push({ method, url, headers, body: Buffer.concat(chunks).toString() })
      const { status, body, headers: sent } = first.shift() ?? reply
      response.writeHead(status, sent).end(body)
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  api = createApi({
    baseUrl,
    headers: { cookie: 'deskbell=x' },
    person: id,
    onRefusal: (error) => void refused.push(error),
    confirm: () => confirm(),
  })
})

afterEach(() => {
  http.closeAllConnections()
  http.close()
})

test('a read has its parameters in the path and the query', async () => {
  reply.body = JSON.stringify({ items: [], next: null, seq: 1, tag: 'a' })
  expect(
    await api.call('tickets', { query: { status: 'open,waiting', q: 'ink & toner', limit: 5 } }),
  ).toMatchObject({ seq: 1 })
  await api.call('ticket', { params: { ref: '1042' } })
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET /api/tickets?status=open%2Cwaiting&q=ink+%26+toner&limit=5',
    'GET /api/tickets/1042',
  ])
  expect(asked[0]?.headers).toMatchObject({ accept: 'application/json', cookie: 'deskbell=x' })
  expect(asked[0]?.headers['idempotency-key']).toBeUndefined()
})

test('[WR7] a change has a key, a new one when the caller gives none', async () => {
  await api.call('changeStatus', { params: { id }, body: { status: 'closed' }, key: id })
  await api.call('changeStatus', { params: { id }, body: { status: 'closed' } })
  await api.call('deleteComment', { params: { id } })
  expect(asked[0]).toMatchObject({
    method: 'PUT',
    url: `/api/tickets/${id}/status`,
    body: '{"status":"closed"}',
  })
  const keys = asked.map(({ headers }) => headers['idempotency-key'])
  expect(keys[0]).toBe(id)
  expect(keys[1]).toMatch(/^[0-9a-f-]{36}$/)
  expect(new Set(keys).size).toBe(3)
  expect(asked[2]?.headers['content-type']).toBeUndefined()
})

const unconfirmed = { status: 403, body: JSON.stringify({ code: 'session.confirm', message: '' }) }
const signedOut = { status: 401, body: JSON.stringify({ code: 'session.none', message: '' }) }

test('[SE9] calls that need the password wait for one confirmation, and are sent again with their keys', async () => {
  first = [unconfirmed, unconfirmed]
  let questions = 0
  const { promise, resolve } = Promise.withResolvers<boolean>()
  confirm = () => {
    questions += 1
    return promise
  }
  const calls = [1, 2].map(() => api.call('issueLink', { params: { id } }))
  await expect.poll(() => asked.length).toBe(2)
  resolve(true)
  await Promise.all(calls)
  const keys = asked.map(({ headers }) => headers['idempotency-key'])
  expect(new Set(keys.slice(2))).toEqual(new Set(keys.slice(0, 2)))
  expect(new Set(keys).size).toBe(2)
  expect([asked.length, questions, refused]).toEqual([4, 1, []])
})

test('[SE9] a call that is refused after the password was entered for another one asks no more', async () => {
  first = [unconfirmed, unconfirmed]
  let questions = 0
  const { promise, resolve } = Promise.withResolvers<Response>()
  const late = createApi({
    baseUrl: api.baseUrl,
    fetch(input, init) {
      const answer = fetch(input, init)
      // The second refusal arrives once everything else is over.
      return asks++ === 1 ? answer.then(() => promise) : answer
    },
    confirm: () => {
      questions += 1
      return Promise.resolve(true)
    },
  })
  let asks = 0
  const calls = [1, 2].map(() => late.call('issueLink', { params: { id } }))
  await calls[0]
  resolve(new Response(unconfirmed.body, { status: unconfirmed.status }))
  await calls[1]
  expect(questions).toBe(1)
})

test('[SE9] without the password the call is refused, and the next one asks again', async () => {
  first = [unconfirmed]
  await expect(api.call('issueLink', { params: { id } })).rejects.toMatchObject({
    code: 'session.confirm',
  })
  expect(asked).toHaveLength(1)
  first = [unconfirmed]
  confirm = () => Promise.resolve(true)
  await api.call('issueLink', { params: { id } })
  expect(asked).toHaveLength(3)
})

test('[SE5] a call during a change of the token is sent once more', async () => {
  first = [signedOut]
  await api.call('changeStatus', { params: { id }, body: { status: 'closed' } })
  const keys = asked.map(({ headers }) => headers['idempotency-key'])
  expect([keys.length, new Set(keys).size, refused]).toEqual([2, 1, []])

  first = [signedOut, signedOut]
  await expect(api.call('counters')).rejects.toMatchObject({ code: 'session.none' })
  expect(refused.map(({ code }) => code)).toEqual(['session.none'])
})

test('[SE7] every call and every upload names the person it is made for', async () => {
  await api.call('counters')
  await api.call('changeStatus', { params: { id }, body: { status: 'closed' } })
  const options = { internal: false, draft: false }
  await upload(core(), { ticketId: id, file: new Blob(['x']), options, key: id })
  expect(asked.map(({ headers }) => headers['deskbell-person'])).toEqual([id, id, id])
  await createApi({ baseUrl: api.baseUrl }).call('counters')
  expect(asked.at(-1)?.headers['deskbell-person']).toBeUndefined()
})

test('a call without a reply body resolves to undefined', async () => {
  reply = { status: 204, body: '' }
  expect(await api.call('signOut')).toBeUndefined()
})

test('a refusal rejects with all its parts and is reported', async () => {
  const body = {
    code: 'ticket.changed',
    message: 'Someone else did.',
    details: { field: 'title' },
    requestId: 'r1',
  }
  reply = { status: 409, body: JSON.stringify(body) }
  const call = api.call('changeStatus', { params: { id }, body: { status: 'closed' } })
  await expect(call).rejects.toMatchObject({ ...body, status: 409, name: 'DeskError' })
  expect(refused).toMatchObject([{ code: 'ticket.changed' }])
})

test.each([
  [502, '<html>Bad gateway</html>', 'network'],
  [504, '', 'network'],
  [200, '<html>Sign in to this Wi-Fi</html>', 'network'],
  [413, '<html>Too large</html>', 'request.tooLarge'],
  [500, 'oops', 'internal'],
])('an answer that is not Deskbell’s own (%i %s) is %s', async (status, body, code) => {
  reply = { status, body }
  await expect(api.call('counters')).rejects.toMatchObject({ code, status })
})

test('an unreachable server has another code than a refusal', async () => {
  http.closeAllConnections()
  await new Promise((resolve) => http.close(resolve))
  await expect(api.call('counters')).rejects.toMatchObject({ code: 'network', status: 0 })
})

test('the caller may abort a call', async () => {
  const controller = new AbortController()
  controller.abort(new Error('never mind'))
  await expect(api.call('counters', { signal: controller.signal })).rejects.toThrow('never mind')
  expect(refused).toEqual([])
})

test('an upload sends its fields before the file', async () => {
  reply.body = JSON.stringify({ seq: 1, tag: 'a', attachment: { id } })
  const file = new File(['hello'], 'note.txt', { type: 'text/plain' })
  const sent = await upload(core(), {
    ticketId: id,
    file,
    options: { internal: true, draft: false },
    key: id,
  })
  expect(sent.attachment.id).toBe(id)
  const { body, headers, url } = asked[0] ?? {}
  expect(url).toBe(`/api/tickets/${id}/attachments`)
  expect(headers?.['idempotency-key']).toBe(id)
  expect([...(body ?? '').matchAll(/name="(\w+)"/g)].map(([, name]) => name)).toEqual([
    'internal',
    'draft',
    'file',
  ])
  expect(body).toContain('filename="note.txt"')
})

test('a file that was changed since it was chosen is refused before anything is sent', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskbell-upload-'))
  const name = path.join(folder, 'note.txt')
  await writeFile(name, 'hello')
  const file = await openAsBlob(name)
  await appendFile(name, ', and more')
  const what = { ticketId: id, file, options: { internal: false, draft: true }, key: id }
  await expect(upload(core(), what)).rejects.toMatchObject({ code: 'unreadable', status: 0 })
  expect(asked).toEqual([])
})

test('a refused upload rejects like any call', async () => {
  reply = {
    status: 401,
    body: JSON.stringify({ code: 'session.none', message: 'Please sign in.' }),
  }
  const what = {
    ticketId: id,
    file: new Blob(['x']),
    options: { internal: false, draft: true },
    key: id,
  }
  await expect(upload(core(), what)).rejects.toMatchObject({ code: 'session.none' })
  expect(refused).toHaveLength(1)
  const { signal } = new AbortController()
  http.closeAllConnections()
  await new Promise((resolve) => http.close(resolve))
  const again = upload(core(), { ...what, options: { ...what.options, signal } })
  await expect(again).rejects.toMatchObject({ code: 'network' })
})

function core() {
  const environment = { ...defaultEnvironment(), headers: { cookie: 'deskbell=x' } }
  const me = {
    id,
    name: '',
    email: '',
    role: 'admin',
    color: 0,
    settings: { theme: 'auto', autoAdvance: true, receipts: true },
    createdAt: '',
  } as const
  return {
    api,
    environment,
    serverNow: environment.now,
    store: createStore(me),
    requests: createRequestTracker(),
    changed: () => undefined,
    onRefusal: (error: ApiError) => void refused.push(error),
    isUp: () => true,
    sleep: () => Promise.resolve(),
  }
}

test('a refusal of too many calls by a proxy has its waiting time', async () => {
  reply = { status: 429, body: '<h1>Too many</h1>', headers: { 'retry-after': '7' } }
  const refusal = await api.call('me').catch((error: unknown) => error)
  expect(refusal).toMatchObject({ code: 'request.tooMany', status: 429, retryInMs: 7_000 })
})
