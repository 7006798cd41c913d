import { randomUUID } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import http from 'node:http'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { realPictures } from '@deskbell/contract/testing/pictures'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { refusalOf } from '../testing/refusal-of.ts'
import { stateOf } from '../testing/state-of.ts'
import { sweep } from '../sweep.ts'
import { createFileStore } from './file-store.ts'
import { writeFreely } from '../testing/write-freely.ts'

const mebibyte = 1024 * 1024
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let desk: TestDesk
let person: TestPerson
let ticketId: string
/** Everything stored before each test. */
let before: { state: Record<string, string>; files: string[] }

beforeAll(async () => {
  desk = await startTestDesk({ MAX_UPLOAD_MB: '1' })
  person = await desk.someone('admin', 'Ada')
  const body = { title: 'Printer', description: '' }
  ticketId = (await person.call('createTicket', { body })).body.ticket.id
})
beforeEach(async () => {
  before = { state: await stateOf(desk.db), files: await stored() }
})
afterAll(() => desk.stop())

async function stored({ dataDir } = desk): Promise<string[]> {
  const entries = await readdir(path.join(dataDir, 'files'), {
    recursive: true,
    withFileTypes: true,
  })
  return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).toSorted()
}

async function expectNothingStored(): Promise<void> {
  await expect.poll(() => stored()).toEqual(before.files)
  expect(await stateOf(desk.db)).toEqual(before.state)
}

interface Part {
  name: string
  content: string | Buffer
  fileName?: string
  type?: string
}

const boundary = 'here-it-ends'
const end = `\r\n--${boundary}--\r\n`

function beginning({ name, fileName, type }: Omit<Part, 'content'>): string {
  const file = fileName === undefined ? '' : `; filename="${fileName}"`
  const kind = type === undefined ? '' : `Content-Type: ${type}\r\n`
  return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${kind}\r\n`
}

function form(...parts: Part[]): Buffer {
  const pieces = parts.flatMap((part, index) => [
    Buffer.from((index === 0 ? '' : '\r\n') + beginning(part)),
    Buffer.from(part.content),
  ])
  return Buffer.concat([...pieces, Buffer.from(end)])
}

function file(content: string | Buffer, more: Partial<Part> = {}): Part {
  return { name: 'file', fileName: 'file.txt', content, ...more }
}

interface Sending {
  headers?: Record<string, string>
  to?: string
  by?: TestPerson
  at?: TestDesk
}

/** An upload under way, which the test writes itself. */
function begin({ headers = {}, to = ticketId, by = person, at = desk }: Sending = {}) {
  const request = http.request(`${at.url}/api/tickets/${to}/attachments`, {
    method: 'POST',
    agent: false,
    headers: {
      cookie: by.cookie,
      'idempotency-key': randomUUID(),
      'content-type': `multipart/form-data; boundary=${boundary}`,
      ...headers,
    },
  })
  const answer = new Promise<{ status: number; body: unknown }>((resolve, reject) => {
    request.on('error', reject)
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const body: unknown = JSON.parse(Buffer.concat(chunks).toString())
        resolve({ status: response.statusCode ?? 0, body })
      })
    })
  })
  return { request, answer }
}

function send(body: Buffer | string, sending: Sending = {}) {
  const { request, answer } = begin(sending)
  request.end(body)
  return answer
}

async function attachmentOf(answer: Promise<{ status: number; body: unknown }>) {
  const { status, body } = await answer
  expect([status, body]).toEqual([201, expect.anything()])
  return (
    body as { attachment: { id: string; name: string; type: string; size: number; image: boolean } }
  ).attachment
}

const brokenOff: { after: string; sent: Buffer; isStored: boolean }[] = [
  { after: 'nothing', sent: Buffer.alloc(0), isStored: false },
  {
    after: 'a field',
    sent: form({ name: 'draft', content: 'true' }).subarray(0, 60),
    isStored: false,
  },
  {
    after: 'half of the file',
    sent: Buffer.from(beginning(file('')) + 'x'.repeat(mebibyte / 2)),
    isStored: true,
  },
  {
    after: 'the file but for its end',
    sent: form(file('x'.repeat(mebibyte / 2))).subarray(0, -10),
    isStored: true,
  },
]

test.for(brokenOff)(
  'an upload that breaks off after $after leaves nothing behind',
  async ({ sent, isStored }) => {
    const { request, answer } = begin({ headers: { 'content-length': '900000' } })
    const failed = answer.catch(() => 'broke off')
    request.flushHeaders()
    request.write(sent)
    const files = before.files.length + (isStored ? 1 : 0)
    await expect.poll(() => stored(), soon).toHaveLength(files)
    request.destroy()
    expect(await failed).toBe('broke off')
    await expectNothingStored()
  },
)

const soon = { interval: 5, timeout: 5_000 }

test('a person has 20 uploads under way at most; on the disk they do not count yet', async () => {
  const sender = await desk.someone('admin')
  const underWay = Array.from({ length: 20 }, () => {
    const { request, answer } = begin({ by: sender, headers: { 'content-length': '900000' } })
    request.write(beginning(file('')) + 'x'.repeat(1000))
    return { request, failed: answer.catch(() => 'broke off') }
  })
  await expect.poll(() => stored(), soon).toHaveLength(before.files.length + 20)
  expect(await send(form(file('text')), { by: sender })).toMatchObject({
    status: 429,
    body: { code: 'request.tooMany' },
  })
  await attachmentOf(send(form(file('text'))))

  for (const { request } of underWay) request.destroy()
  await Promise.all(underWay.map(({ failed }) => failed))
  await expect.poll(() => stored(), soon).toHaveLength(before.files.length + 1)
  await attachmentOf(send(form(file('text')), { by: sender }))
})

test('an upload that stops arriving leaves nothing behind either', async () => {
  await using impatient = await startTestDesk({}, { timeouts: { idleMs: 300 } })
  const sender = await impatient.someone('admin')
  const { id } = (await sender.call('createTicket', { body: { title: 'A', description: '' } })).body
    .ticket
  const socket = sender.socket()
  await expect.poll(() => socket.connected, soon).toBe(true)
  const state = await stateOf(impatient.db)
  const { request, answer } = begin({ to: id, by: sender, at: impatient })
  const failed = answer.catch(() => 'broke off')
  request.write(beginning(file('')) + 'x'.repeat(1000))
  expect(await failed).toBe('broke off')
  await expect.poll(() => stored(impatient)).toEqual([])
  expect(await stateOf(impatient.db)).toEqual(state)
  expect(socket.connected).toBe(true)
})

test('an upload that ends before its declared length is refused', async () => {
  const bodies = [
    form(file('text')).subarray(0, -end.length),
    form(file('text')).subarray(0, -6),
    Buffer.from(beginning(file(''))),
    Buffer.from(`--${boundary}`),
  ]
  for (const body of bodies) {
    expect(refusalOf(await send(body))).toBeOneOf([
      'attachment.incomplete',
      'attachment.missing',
      'request.malformed',
    ])
  }
  await expectNothingStored()
})

test('a file larger than the limit is refused, and one of exactly the limit is stored', async () => {
  expect(refusalOf(await send(form(file(Buffer.alloc(mebibyte + 1)))))).toBe('request.tooLarge')
  expect(refusalOf(await send(form(file(Buffer.alloc(5 * mebibyte)))))).toBe('request.tooLarge')
  await expectNothingStored()
  expect(await attachmentOf(send(form(file(Buffer.alloc(mebibyte)))))).toMatchObject({
    size: mebibyte,
  })
  expect(await attachmentOf(send(form(file(''))))).toMatchObject({ size: 0 })
  // A browser gets the limit with its session, and need not send what is refused.
  const { body } = await person.call('session', {})
  expect(body.maxUploadBytes).toBe(1024 * 1024)
})

test('an upload is refused unless it is one file, with its fields before it', async () => {
  const draft = { name: 'draft', content: 'true' }
  const internal = { name: 'internal', content: 'true' }
  const forms: Record<string, Buffer> = {
    'no part': Buffer.from(end.slice(2)),
    'no file': form(draft),
    'two files': form(file('one'), file('two')),
    'a field after the file': form(file('one'), internal),
    'a field twice': form(internal, { ...internal, content: 'false' }, file('one')),
    'three fields': form(draft, internal, draft, file('one')),
    'an unknown field': form({ name: 'uploaderId', content: 'true' }, file('one')),
    'a field of every object': form({ name: '__proto__', content: 'true' }, file('one')),
    'a method of every object': form({ name: 'toString', content: 'true' }, file('one')),
    'a field that is no yes or no': form({ name: 'draft', content: 'yes' }, file('one')),
    'a field as large as a file': form(
      { name: 'draft', content: 'true'.repeat(300_000) },
      file('one'),
    ),
    'a field that is JSON': form({ ...draft, content: '{', type: 'application/json' }, file('one')),
    'a field that is a file': form({ ...draft, fileName: 'draft' }, file('one')),
    'a file with an empty name': form(file('one', { fileName: '' })),
    'a file without a name': form({
      name: 'file',
      content: 'one',
      type: 'application/octet-stream',
    }),
    'a file of another name': form(file('one', { name: 'attachment' })),
    'a file named as what every object has': form(file('one', { name: 'constructor' })),
    'a large file of another name': form(file(Buffer.alloc(4 * mebibyte), { name: 'attachment' })),
  }
  for (const [what, body] of Object.entries(forms)) {
    const answer = await send(body)
    expect([what, refusalOf(answer)]).toEqual([
      what,
      expect.toBeOneOf(['request.invalid', 'request.malformed', 'attachment.missing']),
    ])
  }
  await expectNothingStored()
})

test('a body that is not a form is refused', async () => {
  const body = form(file('one'))
  const types: Record<string, string> = {
    'application/json': 'request.unsupported',
    'text/plain': 'request.unsupported',
    'application/octet-stream': 'request.unsupported',
    'multipart/mixed; boundary=here-it-ends': 'request.unsupported',
    'multipart/form-data': 'request.malformed',
    'multipart/form-data; boundary=': 'request.malformed',
    'multipart/form-data; boundary=another': 'request.malformed',
  }
  for (const [type, code] of Object.entries(types)) {
    const answer = await send(body, { headers: { 'content-type': type } })
    expect([type, refusalOf(answer)]).toEqual([
      type,
      expect.toBeOneOf([code, 'attachment.missing', 'attachment.incomplete']),
    ])
  }
  const garbage = [
    `--${boundary}\r\n${'x: y\r\n'.repeat(5_000)}\r\none${end}`,
    `--${boundary}\r\nContent-Disposition: form-data\r\n\r\none${end}`,
    `--${boundary}\r\nno header\r\n\r\none${end}`,
    `--${boundary}\r\n\r\n\r\n${end}`,
    'garbage',
    '\u0000'.repeat(1000),
  ]
  for (const text of garbage) {
    expect([text.slice(0, 80), refusalOf(await send(text))]).toEqual([
      text.slice(0, 80),
      expect.toBeOneOf([
        'request.malformed',
        'request.invalid',
        'attachment.missing',
        'attachment.incomplete',
      ]),
    ])
  }
  await expectNothingStored()
})

test('a refused upload stores nothing, and its connection stays open', async () => {
  const large = form({ name: 'internal', content: 'true' }, file(Buffer.alloc(900_000)))
  const sales = await desk.someone('sales', 'Sam')
  const own = await sales.call('createTicket', { body: { title: 'Mine', description: '' } })
  before.state = await stateOf(desk.db)
  const by = sales
  expect(refusalOf(await send(large, { by, to: own.body.ticket.id }))).toBe('forbidden')
  expect(refusalOf(await send(large, { by }))).toBe('not.found')
  expect(refusalOf(await send(large, { to: randomUUID() }))).toBe('not.found')
  expect(refusalOf(await send(large, { headers: { 'idempotency-key': '1' } }))).toBe(
    'idempotency.missing',
  )
  expect(refusalOf(await send(large, { headers: { cookie: '' } }))).toBe('session.none')
  expect(refusalOf(await send(large, { headers: { origin: 'https://evil.example' } }))).toBe(
    'request.origin',
  )
  await expectNothingStored()

  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  const twice = [0, 1].map(
    () =>
      new Promise((resolve, reject) => {
        const url = `${desk.url}/api/tickets/${own.body.ticket.id}/attachments`
        const headers = {
          cookie: sales.cookie,
          'idempotency-key': randomUUID(),
          'content-type': `multipart/form-data; boundary=${boundary}`,
          'content-length': large.length,
        }
        const request = http.request(url, { method: 'POST', agent, headers }, (response) => {
          response.resume()
          response.on('end', () => resolve(response.statusCode))
        })
        request.on('error', reject)
        request.end(large)
      }),
  )
  expect(await Promise.all(twice)).toEqual([403, 403])
  agent.destroy()
})

test('the type of a file comes from its content, and only safe images are shown', async () => {
  const page = '<!doctype html><script>alert(1)</script>'
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  const files = [
    { content: png, fileName: 'a.html', type: 'text/html', found: 'image/png', image: true },
    { content: page, fileName: 'a.png', type: 'image/png', found: 'text/plain', image: false },
    { content: page, fileName: 'a.html', type: 'text/html', found: 'text/plain', image: false },
    { content: svg, fileName: 'a.svg', type: 'image/svg+xml', found: 'text/plain', image: false },
    {
      content: `<?xml version="1.0"?>${svg}`,
      fileName: 'a.svg',
      type: 'image/svg+xml',
      found: 'application/xml',
      image: false,
    },
    {
      content: '%PDF-1.7\n%äöü\n',
      fileName: 'a.pdf',
      type: 'image/gif',
      found: 'application/pdf',
      image: false,
    },
    {
      content: Buffer.from([0, 1, 2, 3, 250]),
      fileName: 'a.png',
      type: 'image/png',
      found: 'application/octet-stream',
      image: false,
    },
  ]
  for (const { content, found, image, ...said } of files) {
    const { id, ...attachment } = await attachmentOf(send(form(file(content, said))))
    expect(attachment).toMatchObject({ type: found, image, name: said.fileName })
    const response = await fetch(`${desk.url}/api/attachments/${id}`, {
      headers: { cookie: person.cookie },
    })
    expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(content))
    const { headers } = response
    expect(headers.get('content-type')?.split(';')[0]).toBe(found)
    expect(headers.get('content-disposition')).toBe(
      `${image ? 'inline' : 'attachment'}; filename*=UTF-8''${said.fileName}`,
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    expect(headers.get('cache-control')).toBe('private, no-cache')
  }
})

test('a picture of more than 50 megapixels is a download, as is one whose size nobody finds', async () => {
  /** The beginning of a PNG with sides of so many pixels. */
  const sized = (width: number, height: number) => {
    const head = Buffer.from(png)
    head.writeUInt32BE(width, 16)
    head.writeUInt32BE(height, 20)
    return head
  }
  const segment = Buffer.concat([Buffer.from([0xff, 0xe1, 0xff, 0xff]), Buffer.alloc(0xff_fd)])
  const jpeg = Buffer.from([0xff, 0xd8])
  const contents: [content: Buffer, image: boolean][] = [
    [sized(10_000, 5_000), true],
    [sized(10_000, 5_001), false],
    [sized(0xff_ff_ff_ff, 0xff_ff_ff_ff), false],
    [Buffer.concat([jpeg, segment]), false],
    [Buffer.concat([jpeg, ...Array.from({ length: 5 }, () => segment)]), false],
  ]
  for (const content of Object.values(realPictures))
    contents.push([Buffer.from(content, 'base64'), true])
  // Its size stands where nobody looks for it.
  const avif = Buffer.from(realPictures['AVIF'] ?? '', 'base64')
  contents.push([Buffer.from(avif.toString('latin1').replace('ispe', 'free'), 'latin1'), false])
  for (const [content, image] of contents) {
    const attachment = await attachmentOf(send(form(file(content))))
    expect(attachment).toMatchObject({ type: expect.stringMatching(/^image/), image })
    const response = await person.call('attachment', { params: { id: attachment.id } })
    expect(response.headers.get('content-disposition')).toMatch(image ? /^inline/ : /^attachment/)
  }
})

test('an unsafe name is cleaned', async () => {
  const names: [sent: string, kept: string][] = [
    ['report.pdf', 'report.pdf'],
    ['Bericht für Zoë 🎉.pdf', 'Bericht für Zoë 🎉.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['..\\\\..\\\\boot.ini', 'boot.ini'],
    ['C:\\\\Users\\\\ada\\\\photo.png', 'photo.png'],
    ['/absolute/path.txt', 'path.txt'],
    ['..', 'file'],
    ['.', 'file'],
    ['   ', 'file'],
    ['folder/', 'file'],
    ['a\u0000b.txt', 'ab.txt'],
    ['a\u0007\u001b[31m\u007f.txt', 'a[31m.txt'],
    ['a\u0085\u009b.txt', 'a .txt'],
    ['\u2800\u3164', 'file'],
    ['e\u0301.txt', '\u00e9.txt'],
    ['\u202egnp.exe', 'gnp.exe'],
    ['\u2066a\u2069\u200f\u061c.txt', 'a.txt'],
    ['a\u2028b\u2029.txt', 'a b .txt'],
    ["it's (1) 100% #?&;.txt", "it's (1) 100% #?&;.txt"],
    [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(196)}.pdf`],
    [`${'x'.repeat(199)}🎉`, 'x'.repeat(199)],
    [`${'x'.repeat(195)}🎉.pdf`, `${'x'.repeat(195)}.pdf`],
  ]
  for (const [sent, kept] of names) {
    const { id, name } = await attachmentOf(send(form(file('text', { fileName: sent }))))
    expect([sent, name]).toEqual([sent, kept])
    const response = await person.call('attachment', { params: { id } })
    const header = response.headers.get('content-disposition') ?? ''
    expect(header).toMatch(/^attachment; filename\*=UTF-8''[!-~]+$/)
    expect(decodeURIComponent(header.slice(header.indexOf("''") + 2))).toBe(kept)
  }
})

test('a name with half a character is repaired', async () => {
  const part = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename*=utf-16le''%61%00%00%d8\r\n\r\ntext`
  const { name } = await attachmentOf(send(part + end))
  expect(name).toBe('a\ufffd')
})

test('a file is written to the disk as it arrives, never whole in memory', async () => {
  await using large = await startTestDesk({ MAX_UPLOAD_MB: '64' })
  const sender = await large.someone('admin')
  const body = { title: 'Large', description: '' }
  const { id } = (await sender.call('createTicket', { body })).body.ticket
  const { port } = new URL(large.url)
  const request = http.request({
    port,
    path: `/api/tickets/${id}/attachments`,
    method: 'POST',
    agent: false,
    headers: {
      cookie: sender.cookie,
      'idempotency-key': randomUUID(),
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
  })
  const status = new Promise((resolve, reject) => {
    request.on('error', reject)
    request.on('response', (response) => {
      response.resume()
      resolve(response.statusCode)
    })
  })
  request.write(beginning(file('')))
  const chunk = Buffer.alloc(mebibyte, 'x')
  for (let sent = 8; sent <= 32; sent += 8) {
    for (let count = 0; count < 8; count += 1) request.write(chunk)
    // Everything except what is still on its way.
    await expect.poll(() => sizeIn(large), soon).toBeGreaterThan((sent - 1) * mebibyte)
  }
  request.end(end)
  expect(await status).toBe(201)
  expect(await sizeIn(large)).toBe(32 * mebibyte)
})

async function sizeIn({ dataDir }: TestDesk): Promise<number> {
  const entries = await readdir(path.join(dataDir, 'files'), {
    recursive: true,
    withFileTypes: true,
  })
  const files = entries.filter((entry) => entry.isFile())
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => (await stat(path.join(parentPath, name))).size),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

test('[WR4] [WR5] a repeated upload is the same one, and another file under its key is refused', async () => {
  const key = randomUUID()
  const first = await attachmentOf(send(form(file('one')), { headers: { 'idempotency-key': key } }))
  const made = { state: await stateOf(desk.db), files: await stored() }
  expect(made.files).toHaveLength(before.files.length + 1)

  const again = await attachmentOf(send(form(file('one')), { headers: { 'idempotency-key': key } }))
  expect(again).toEqual(first)
  const others = [
    form(file('two')),
    form({ name: 'internal', content: 'true' }, file('one')),
    form({ name: 'draft', content: 'true' }, file('one')),
  ]
  for (const other of others) {
    const answer = await send(other, { headers: { 'idempotency-key': key } })
    expect(refusalOf(answer)).toBe('idempotency.mismatch')
  }
  const elsewhere = await person.call('createTicket', {
    body: { title: 'B', description: '' },
    key,
  })
  expect(refusalOf(elsewhere)).toBe('idempotency.mismatch')
  before = made
  await expectNothingStored()
})

test('a person who may not see a file does not learn that its content is one they know', async () => {
  const { id } = await attachmentOf(send(form(file('text'))))
  const own = await person.call('attachment', { params: { id } })
  const etag = own.headers.get('etag') ?? ''
  const headers = { 'if-none-match': etag }
  expect((await person.call('attachment', { params: { id }, headers })).status).toBe(304)
  const stranger = await desk.someone('sales')
  const answer = await stranger.call('attachment', { params: { id }, headers })
  expect(refusalOf(answer)).toBe('not.found')
  expect(answer.headers.get('etag')).toBeNull()
})

test('a removed file is gone from the disk, also when its comment was removed', async () => {
  const { id } = await attachmentOf(send(form(file('text'))))
  const waiting = await attachmentOf(send(form({ name: 'draft', content: 'true' }, file('text'))))
  const params = { id: ticketId }
  const body = { body: 'See here', attachmentIds: [waiting.id] }
  const said = await person.call('addComment', { params, body })
  expect(await stored()).toEqual([...before.files, id, waiting.id].toSorted())

  await person.call('deleteAttachment', { params: { id } })
  expect(await stored()).toEqual([...before.files, waiting.id].toSorted())
  await person.call('deleteComment', { params: { id: said.body.comment.id } })
  expect(await stored()).toEqual(before.files)
})

test('a draft is deleted after a day; younger drafts and files in comments stay', async () => {
  const draft = () => send(form({ name: 'draft', content: 'true' }, file('text')))
  const [old, young, sent] = await Promise.all(
    [draft, draft, draft].map((make) => attachmentOf(make())),
  )
  await person.call('addComment', {
    params: { id: ticketId },
    body: { body: 'See here', attachmentIds: [sent?.id ?? ''] },
  })
  const age = (id: string | undefined, hours: number) =>
    sql`update attachments set created_at = now() - ${hours} * interval '1 hour' where id = ${id}`.execute(
      desk.db,
    )
  await age(old?.id, 24.1)
  await age(sent?.id, 24.1)
  await age(young?.id, 23.9)
  await sweep(writeFreely(desk.db), createFileStore(path.join(desk.dataDir, 'files')), (bug) =>
    expect.unreachable(String(bug)),
  )

  const kept = [young?.id ?? '', sent?.id ?? '']
  expect(await stored()).toEqual([...before.files, ...kept].toSorted())
  expect((await person.call('attachment', { params: { id: old?.id ?? '' } })).status).toBe(404)
  expect((await person.call('attachment', { params: { id: young?.id ?? '' } })).status).toBe(200)
})

test('a server that stops waits for connections that move, and not for others', async () => {
  const stopping = await startTestDesk()
  const sender = await stopping.someone('admin')
  const body = { title: 'Late', description: '' }
  const { id } = (await sender.call('createTicket', { body })).body.ticket
  const moving = begin({ to: id, by: sender, at: stopping })
  const stuck = begin({ to: id, by: sender, at: stopping })
  const cut = stuck.answer.catch(() => 'cut')
  for (const { request } of [moving, stuck]) request.write(beginning(file('')) + 'x')
  await expect.poll(() => stored(stopping), soon).toHaveLength(2)

  const startedAt = performance.now()
  const stopped = stopping.app.stop()
  moving.request.end(`x${end}`)
  expect(await attachmentOf(moving.answer)).toMatchObject({ size: 2 })
  expect(await cut).toBe('cut')
  await stopped
  expect(performance.now() - startedAt).toBeLessThan(9_000)
  await expect.poll(() => stored(stopping)).toHaveLength(1)
  await stopping.stop()
})

test('a finished download does not delay a server that stops', async () => {
  for (let round = 0; round < 5; round += 1) {
    await using stopping = await startTestDesk()
    const reader = await stopping.someone('admin')
    const body = { title: 'Late', description: '' }
    const { id } = (await reader.call('createTicket', { body })).body.ticket
    const made = await reader.upload(id, { content: 'text' })
    await reader.call('attachment', { params: { id: made.body.attachment.id } })
    const startedAt = performance.now()
    await stopping.app.stop()
    expect(performance.now() - startedAt).toBeLessThan(4_000)
  }
})
