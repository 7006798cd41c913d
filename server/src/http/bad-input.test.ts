import { randomUUID } from 'node:crypto'
import net from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cleanText, paths } from '@deskbell/contract'
import type { ErrorCode, RouteName } from '@deskbell/contract'
import { routes } from '@deskbell/contract/schemas'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk } from '../testing/index.ts'
import { refusalOf } from '../testing/refusal-of.ts'
import { stateOf } from '../testing/state-of.ts'
import { unlimited } from '../testing/unlimited.ts'
import { validCalls } from '../testing/valid-calls.ts'
import type { ValidCall } from '../testing/valid-calls.ts'

const names = Object.keys(paths) as RouteName[]
const withBody = names.filter((name) => 'body' in routes[name])
const withParams = names.filter((name) => 'params' in routes[name])
const withKey = names.filter(
  (name) => paths[name][0] !== 'GET' && !('withoutIdempotencyKey' in routes[name]),
)
const withoutBody = names.filter(
  (name) => !('body' in routes[name]) && paths[name][0] !== 'GET' && name !== 'attach',
)

let desk: TestDesk
let valid: Record<RouteName, ValidCall>
let before: Record<string, string>
beforeAll(async () => {
  desk = await startTestDesk({ PUSH_CONTACT: 'mailto:desk@desk.example' }, { limiter: unlimited })
  valid = await validCalls(desk)
})
beforeEach(async () => {
  before = await stateOf(desk.db)
})
afterAll(() => desk.stop())

interface Request {
  method?: string
  params?: object | undefined
  /** As it is sent. */
  query?: string
  headers?: Record<string, string>
  body?: string
}

/** Calls a route with parts of a valid call replaced. */
async function send(name: RouteName, request: Request = {}) {
  const { by, ...call } = valid[name]
  const [method, pattern] = paths[name]
  const headers = {
    cookie: by.cookie,
    'idempotency-key': randomUUID(),
    // Different addresses, so that no call is limited because of others.
    'x-forwarded-for': `10.0.${Math.floor(Math.random() * 256)}.${Math.floor(Math.random() * 256)}`,
    ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...request.headers,
  }
  const path = fill(pattern, request.params ?? call.params ?? {})
  const response = await fetch(`${desk.url}${path}${request.query ?? ''}`, {
    method: request.method ?? method,
    headers: Object.entries(headers).filter(([, value]) => value !== 'absent'),
    ...(request.body === undefined ? {} : { body: request.body }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true
  const answer: unknown = isJson && text !== '' ? JSON.parse(text) : text
  return { status: response.status, body: answer }
}

function fill(pattern: string, params: object): string {
  return Object.entries(params).reduce(
    (path, [name, value]) => path.replace(`:${name}`, encodeURIComponent(String(value))),
    pattern,
  )
}

/** A valid call, to be changed into a wrong one. */
function asItIs(name: RouteName): Request {
  const { body, query } = valid[name]
  return {
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(query !== undefined && { query: `?${new URLSearchParams(query).toString()}` }),
  }
}

async function expectRefused(name: RouteName, request: Request, codes: ErrorCode[]): Promise<void> {
  const answer = await send(name, request)
  const sent = `${name} ${JSON.stringify(request).slice(0, 300)}`
  expect([sent, attempt(() => refusalOf(answer))]).toEqual([sent, expect.toBeOneOf(codes)])
}

function attempt(make: () => string): string {
  try {
    return make()
  } catch (thrown) {
    return String(thrown).slice(0, 300)
  }
}

async function expectNothingChanged(): Promise<void> {
  expect(await stateOf(desk.db)).toEqual(before)
}

const bodyOf = (name: RouteName) => valid[name].body ?? {}

describe.for(withBody)('a body for %s', (name) => {
  test('with a field that is missing, of another type or impossible to store is refused', async () => {
    const body = bodyOf(name)
    const parse = (changed: unknown) => routes[name as 'signIn'].body.safeParse(changed).success
    for (const field of Object.keys(body)) {
      const { [field]: _left, ...without } = body
      const variants = [without, ...wrongValues.map((value) => ({ ...body, [field]: value }))]
      for (const changed of variants) {
        if (parse(changed)) continue
        await expectRefused(name, { body: JSON.stringify(changed) }, ['request.invalid'])
      }
    }
    await expectNothingChanged()
  })

  test('with text that cannot be stored is refused', async () => {
    const body = bodyOf(name)
    for (const [field, value] of Object.entries(body)) {
      if (typeof value !== 'string' || field === 'password' || field === 'current') continue
      if (name === 'setUp' && field === 'token') continue
      for (const text of unstorable) {
        const changed = { ...body, [field]: `${value}${text}` }
        await expectRefused(name, { body: JSON.stringify(changed) }, ['request.invalid'])
      }
    }
    await expectNothingChanged()
  })

  test('with a field the contract does not name is refused', async () => {
    for (const more of [
      { extra: 1 },
      { role: 'super_admin', isAdmin: true },
      { constructor: {} },
    ]) {
      const body = JSON.stringify({ ...bodyOf(name), ...more, extra: 1 })
      await expectRefused(name, { body }, ['request.invalid'])
    }
    const text = JSON.stringify(bodyOf(name))
    for (const more of ['"__proto__":{"role":"super_admin"}', '"constructor":{"prototype":{}}']) {
      const body = `${text.slice(0, -1)},${more}}`
      await expectRefused(name, { body }, ['request.malformed', 'request.invalid'])
    }
    await expectNothingChanged()
  })

  test('that is not JSON, or not an object, is refused', async () => {
    for (const body of ['', '{', 'nul', '{"a":1,}', "{'a':1}", '\u0000', '{}{}']) {
      await expectRefused(name, { body }, ['request.malformed', 'request.invalid'])
    }
    for (const body of ['null', '[]', '1', '"text"', 'true', '[[[]]]', '{"":{}}']) {
      await expectRefused(name, { body }, ['request.invalid'])
    }
    const deep = 100_000
    await expectRefused(name, { body: '['.repeat(deep) }, ['request.malformed'])
    await expectRefused(name, { body: `${'['.repeat(deep)}${']'.repeat(deep)}` }, [
      'request.invalid',
    ])
    await expectRefused(name, { body: `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}` }, [
      'request.invalid',
    ])
    await expectNothingChanged()
  })

  test('that is too large is refused', async () => {
    const large = JSON.stringify({ ...bodyOf(name), padding: 'x'.repeat(300_000) })
    await expectRefused(name, { body: large }, ['request.tooLarge'])
    await expectNothingChanged()
  })

  test('of another kind is refused', async () => {
    const body = JSON.stringify(bodyOf(name))
    for (const type of otherTypes) {
      await expectRefused(name, { body, headers: { 'content-type': type } }, [
        'request.unsupported',
      ])
    }
    await expectRefused(name, {}, ['request.invalid'])
    await expectNothingChanged()
  })

  test('with random content never causes a bug', async () => {
    const body = bodyOf(name)
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(...wrongValues, ...unstorable),
      fc.string({ unit: 'binary' }),
    )
    const changed = fc
      .tuple(fc.constantFrom(...Object.keys(body)), anything)
      .map(([field, value]) => ({ ...body, [field]: value }) as unknown)
    await fc.assert(
      fc.asyncProperty(fc.oneof(changed, fc.jsonValue()), async (made) => {
        const parsed = routes[name as 'signIn'].body.safeParse(JSON.parse(JSON.stringify(made)))
        // Input that the contract accepts is not bad input.
        if (parsed.success) return
        await expectRefused(name, { body: JSON.stringify(made) }, [
          'request.invalid',
          // Fastify's JSON parser refuses the key __proto__.
          'request.malformed',
        ])
      }),
      { numRuns: 25 },
    )
    await expectNothingChanged()
  })
})

const wrongValues: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 1,
  '',
  ' ',
  'text',
  [],
  ['text'],
  {},
  { a: 1 },
  'x'.repeat(20_001),
  '00000000-0000-0000-0000-00000000000g',
  '2026-01-01',
]

const unstorable = ['\u0000', 'a\u0000b', '\ud800', '\udfff', '\udc00\ud800']

const otherTypes = [
  'text/plain',
  'text/plain; charset=utf-8',
  'application/xml',
  'application/x-www-form-urlencoded',
  'application/octet-stream',
  'multipart/form-data; boundary=x',
  'application/jsonp',
  'nonsense',
]

test('a change without a body refuses one', async () => {
  for (const name of withoutBody) {
    for (const body of ['{"role":"super_admin"}', '[]', 'null', '"text"']) {
      await expectRefused(name, { body }, ['request.invalid'])
    }
    await expectRefused(name, { body: '{' }, ['request.malformed'])
    await expectRefused(name, { body: 'x', headers: { 'content-type': 'text/plain' } }, [
      'request.unsupported',
    ])
  }
  await expectNothingChanged()
})

test('[WR7] a change without an Idempotency-Key that is a UUID is refused', async () => {
  const keys = ['absent', '', '1', `${randomUUID()}0`, `${randomUUID()}, ${randomUUID()}`, 'null']
  for (const name of withKey) {
    for (const key of keys) {
      const request = { ...asItIs(name), headers: { 'idempotency-key': key } }
      await expectRefused(name, request, ['idempotency.missing'])
    }
  }
  expect(withKey.length).toBeGreaterThan(15)
  await expectNothingChanged()
})

test('an invalid id in a path is refused', async () => {
  const ids = [
    'x',
    '1',
    '%',
    '../people',
    '\u0000',
    "' or 1=1 --",
    `${randomUUID()}x`,
    '{}',
    'null',
    'x'.repeat(250),
    '\u202e',
  ]
  for (const name of withParams) {
    const params = valid[name].params ?? {}
    if ('token' in params) continue
    for (const field of Object.keys(params)) {
      for (const id of ids) {
        if (field === 'ref' && id === '1') continue
        const { body } = valid[name]
        const request = { params: { ...params, [field]: id } }
        await expectRefused(
          name,
          body === undefined ? request : { ...request, body: JSON.stringify(body) },
          ['request.invalid'],
        )
      }
      const long = { ...params, [field]: 'x'.repeat(5_000) }
      await expectRefused(name, { params: long }, ['not.found'])
    }
  }
  await expectNothingChanged()
})

test('an invalid token in a path is refused', async () => {
  const { body } = valid.acceptInvitation
  for (const token of ['x', '\u0000', '%', "'", '\u202e', 'x'.repeat(200)]) {
    await expectRefused('invitation', { params: { token } }, ['link.invalid'])
    const request = { params: { token }, body: JSON.stringify(body) }
    await expectRefused('acceptInvitation', request, ['link.invalid'])
  }
  await expectRefused('invitation', { params: { token: 'x'.repeat(201) } }, ['request.invalid'])
  await expectNothingChanged()
})

test('a query that the contract does not name is refused', async () => {
  for (const name of names) {
    const { body } = valid[name]
    for (const query of ['?extra=1', '?__proto__=1', '?constructor=1', '?=', '?id[]=1']) {
      const request = body === undefined ? { query } : { query, body: JSON.stringify(body) }
      await expectRefused(name, request, ['request.invalid'])
    }
  }
  await expectNothingChanged()
})

test('a key that a query may not have is named under `query`', async () => {
  for (const name of names) {
    const { body } = valid[name]
    const query = '?extra=1'
    const answer = await send(
      name,
      body === undefined ? { query } : { query, body: JSON.stringify(body) },
    )
    const { details } = answer.body as { details: { fields: Record<string, string> } }
    expect([name, details.fields['query'], details.fields['body']]).toEqual([
      name,
      expect.stringContaining('extra'),
      undefined,
    ])
  }
})

test('a list with invalid parameters is refused', async () => {
  const cursor = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')
  const time = '2026-11-22 21:00:00.123456+00'
  const queries = [
    'limit=0',
    'limit=101',
    'limit=-1',
    'limit=1.5',
    'limit=',
    'limit=many',
    'limit=1e9',
    'limit=Infinity',
    'limit=1&limit=2',
    'status=gone',
    'status=open,',
    'status=open&status=closed',
    'priority=open',
    'assignee=you',
    'creator=none',
    'sort=number',
    'sort=',
    'sort=-updated;drop',
    `q=${'x'.repeat(201)}`,
    'q=a&q=b',
    'q=a%00b',
    'q=%00',
    'after=',
    'after=x',
    'after=%00',
    `after=${'x'.repeat(201)}`,
    `after=${cursor()}`,
    `after=${cursor(null, null)}`,
    `after=${cursor(time)}`,
    `after=${cursor(time, '1')}`,
    `after=${cursor(time, 1.5)}`,
    `after=${cursor(time, 1e12)}`,
    `after=${cursor(time, 1, 1)}`,
    `after=${cursor('1', 1)}`,
    `after=${cursor('', 1)}`,
    `after=${cursor('now', 1)}`,
    `after=${cursor('high', 1)}`,
    `after=${cursor('2026-02-31 00:00:00+00', 1)}`,
    `after=${cursor('0000-01-01 00:00:00+00', 1)}`,
    `after=${cursor('+275760-09-13T00:00:00.000Z', 1)}`,
    `after=${cursor('Tue Mar 01 2022 (Berlin)', 1)}`,
    `after=${cursor('2026-11-22\u0000', 1)}`,
    `after=${cursor({}, 1)}`,
    `sort=-priority&after=${cursor(time, 1)}`,
    `sort=priority&after=${cursor('__proto__', 1)}`,
  ]
  for (const query of queries) {
    await expectRefused('tickets', { query: `?${query}` }, ['request.invalid'])
  }
  await expectNothingChanged()
})

test('any search text and any valid cursor gets a reply', async () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
  const key = fc.oneof(
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc
      .date({ noInvalidDate: true })
      .map((date) => date.toISOString().replace('T', ' ').replace('Z', '+00')),
    fc.string(),
  )
  const after = fc
    .tuple(key, fc.oneof(fc.integer(), fc.double()))
    .map((parts) => Buffer.from(JSON.stringify(parts)).toString('base64url'))
  const query = fc.record(
    { q: text, after: fc.oneof(after, text), limit: text, sort: text, creator: text },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(query, fc.record({ q: text }), fc.record({ after })),
      async (made) => {
        const entries = Object.entries(made).map(([name, value]) => [name, value.toWellFormed()])
        const sent = new URLSearchParams(entries as [string, string][]).toString()
        const answer = await send('tickets', { query: `?${sent}` })
        expect(answer.status === 200 ? 'found' : refusalOf(answer)).toBeOneOf([
          'found',
          'request.invalid',
        ])
      },
    ),
    { numRuns: 300 },
  )
})

test('an unknown method or path is refused', async () => {
  const methods = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'QUERY']
  for (const name of names) {
    for (const method of methods) {
      const taken = names.some(
        (other) => paths[other][0] === method && shapeOf(other) === shapeOf(name),
      )
      if (taken) continue
      // A QUERY must have a body, and `names` can match a route with an id in its place.
      await expectRefused(name, { method }, ['not.found', 'request.malformed', 'request.invalid'])
    }
  }
  for (const path of [
    '/api',
    '/api/',
    '/api/nothing',
    '/api//tickets',
    '/API/tickets',
    '/socket.io',
    '/assets/x',
    '/.env',
    '/api/health',
  ]) {
    const response = await fetch(desk.url + path)
    expect([path, refusalOf({ status: response.status, body: await response.json() })]).toEqual([
      path,
      'not.found',
    ])
  }
  await expectNothingChanged()
})

function shapeOf(name: RouteName): string {
  return paths[name][1].replaceAll(/:\w+/g, ':')
}

test('HEAD answers as GET does, without a body', async () => {
  for (const name of names) {
    if (paths[name][0] !== 'GET') continue
    const got = await send(name)
    const head = await send(name, { method: 'HEAD' })
    expect([name, head.status, head.body]).toEqual([name, got.status, ''])
  }
  await expectNothingChanged()
})

test('text is stored as it was written, except for invisible characters that reverse it', async () => {
  const { by } = valid.editComment
  const ticketId = valid.addComment.params?.['id'] ?? ''
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
  )
  await fc.assert(
    fc.asyncProperty(text, async (body) => {
      const storable = !body.includes('\0') && body.isWellFormed()
      const clean = cleanText(body)
      const kept = storable && clean !== ''
      const answer = await send('editComment', { body: JSON.stringify({ body }) })
      expect(answer.status === 200 ? commentOf(answer) : refusalOf(answer)).toBe(
        kept ? clean : storable ? 'comment.empty' : 'request.invalid',
      )
      const read = await by.call('ticket', { params: { ref: ticketId } })
      const isThere = JSON.stringify(read.body.timeline).includes(JSON.stringify(clean))
      expect(clean === '' || isThere === kept).toBe(true)
    }),
    { numRuns: 50 },
  )
})

function commentOf(answer: { body: unknown }): string {
  return (answer.body as { comment: { body: string } }).comment.body
}

test('an id in capital letters is the same id', async () => {
  const { by, params } = valid.watch
  const capital = Object.fromEntries(
    Object.entries({ ...params }).map(([name, id]) => [name, String(id).toUpperCase()]),
  )
  expect((await by.call('watch', { params: params as never })).status).toBe(200)
  const watched = await stateOf(desk.db)
  await send('watch', { params: capital })
  expect({ ...(await stateOf(desk.db)), idempotency_keys: watched['idempotency_keys'] }).toEqual(
    watched,
  )
  expect(await send('unwatch', { params: capital })).toMatchObject({ status: 200 })
  const { body } = await by.call('ticket', { params: { ref: capital['id'] ?? '' } })
  expect(body.ticket.watchers).toEqual([])

  const id = '01980000-ABCD-7000-8000-00000000000A'
  const made = await by.call('addComment', {
    params: { id: capital['id'] ?? '' },
    body: { id, body: 'Hello' },
  })
  expect(made.body.comment.id).toBe(id.toLowerCase())
})

test('[RD9] a position in the wrong order moves nothing back', async () => {
  const { by, params } = valid.markSeen
  const seen = async (seq: number) =>
    (await by.call('markSeen', { params: params as never, body: { seq } })).body.seen
  const last = await seen(Number.MAX_SAFE_INTEGER)
  before = await stateOf(desk.db)
  expect([await seen(0), await seen(last - 1), await seen(last + 1)]).toEqual([last, last, last])
  const { idempotency_keys: _keys, ...rest } = before
  expect(await stateOf(desk.db)).toMatchObject(rest)
})

test("[WR5] another person's Idempotency-Key does not count as one's own", async () => {
  const key = randomUUID()
  const other = await desk.someone('admin')
  const call = (title: string) => ({ key, body: { title, description: '' } })
  const mine = await valid.me.by.call('createTicket', call('Mine'))
  const theirs = await other.call('createTicket', call('Theirs'))
  expect(theirs.body.ticket.title).toBe('Theirs')
  expect(theirs.body.ticket.id).not.toBe(mine.body.ticket.id)
  const again = await other.call('createTicket', call('Something else'))
  expect(refusalOf(again)).toBe('idempotency.mismatch')
})

test('a request that is not HTTP is refused, and the connection ends', async () => {
  const unreadable = [
    'nonsense\r\n\r\n',
    'GET /api/me HTTP/9.9\r\nhost: x\r\n\r\n',
    'GET /api/me HTTP/1.1\r\nhost : x\r\n\r\n',
    'POST /api/session HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n',
    'POST /api/session HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n',
    'POST /api/session HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\ncontent-type: application/json\r\n\r\nzz\r\n',
    `GET /api/me HTTP/1.1\r\nhost: x\r\ncookie: ${'x'.repeat(40_000)}\r\n\r\n`,
    '\u0000\u0001\u0002',
    '\u0016\u0003\u0001\u0002',
  ]
  for (const text of unreadable) {
    const answer = await exchange(text)
    const [head = '', body = ''] = answer.split('\r\n\r\n')
    const status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1])
    expect([
      text.slice(0, 60),
      attempt(() => refusalOf({ status, body: JSON.parse(body) })),
    ]).toEqual([text.slice(0, 60), expect.toBeOneOf(['request.malformed', 'request.tooLarge'])])
  }
  for (const path of [
    '/api/tickets/%zz',
    '/api/tickets/%E0%A4%A',
    '/%',
    '//',
    '/api/me/..;/',
    '*',
  ]) {
    const answer = await exchange(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
    const [head = '', body = ''] = answer.split('\r\n\r\n')
    const status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1])
    expect([path, attempt(() => refusalOf({ status, body: JSON.parse(body) }))]).toEqual([
      path,
      'not.found',
    ])
  }
  await expectNothingChanged()
})

/** Returns everything that arrives until the connection ends. */
async function exchange(text: string): Promise<string> {
  const socket = net.connect(Number(new URL(desk.url).port), '127.0.0.1')
  socket.write(text, 'latin1')
  const chunks: string[] = []
  for await (const chunk of socket) chunks.push(String(chunk))
  return chunks.join('')
}

test('the valid calls that the wrong ones are made of succeed', async () => {
  for (const name of names) {
    if (name === 'setUp' || name === 'attach') continue
    const answer = await send(name, asItIs(name))
    expect([name, answer]).toEqual([
      name,
      expect.objectContaining({ status: expect.toBeOneOf([200, 201, 204]) }),
    ])
  }
})
