import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { paths } from '@deskbell/contract'
import type { RouteName } from '@deskbell/contract'
import { routes } from '@deskbell/contract/schemas'
import { hashToken } from '../people/secrets.ts'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'

let desk: TestDesk
let root: TestPerson
let ticketId: string
beforeAll(async () => {
  desk = await startTestDesk()
  root = await desk.someone('super_admin', 'Root')
  const made = await root.call('createTicket', { body: { title: 'Printer', description: '' } })
  ticketId = made.body.ticket.id
})
afterAll(() => desk.stop())

/** The calls that make something, each with its key. */
const makers: Partial<
  Record<RouteName, (key: string) => Promise<{ status: number; headers: Headers }>>
> = {
  createTicket: (key) =>
    root.call('createTicket', { key, body: { title: 'Paper', description: '' } }),
  addComment: (key) =>
    root.call('addComment', { key, params: { id: ticketId }, body: { body: 'Hello' } }),
  attach: (key) => root.upload(ticketId, { key, content: 'text' }),
  createTag: (key) =>
    root.call('createTag', { key, body: { name: 'Plotter', color: 'red', internal: false } }),
  invite: (key) =>
    root.call('invite', { key, body: { email: 'ina@desk.example', name: 'Ina', role: 'sales' } }),
  issueLink: (key) => root.call('issueLink', { key, params: { id: root.id } }),
}

test('a call that makes something answers 201 with its path, and so does its repetition', async () => {
  for (const [name, make] of Object.entries(makers)) {
    const key = randomUUID()
    const [first, again] = [await make(key), await make(key)]
    expect([name, first.status, again.status]).toEqual([name, 201, 201])
    const path = first.headers.get('location')
    expect([name, again.headers.get('location')]).toEqual([name, path])
    // A link is shown once and cannot be read.
    expect([name, path === null]).toEqual([name, name === 'issueLink'])
    if (path === null) continue
    expect(path).toMatch(/^\/api\/[a-z]+\/[0-9a-f-]{36}$/)
    const read = await fetch(desk.url + path, { headers: { cookie: root.cookie } })
    expect([name, read.status]).toEqual([name, 200])
  }
})

test('the first account has its path, too', async () => {
  await using fresh = await startTestDesk()
  const token_hash = hashToken('token')
  const expires_at = new Date(Date.now() + 60_000)
  await fresh.db.deleteFrom('links').execute()
  await fresh.db
    .insertInto('links')
    .values({ id: randomUUID(), kind: 'setup', person_id: null, token_hash, expires_at })
    .execute()
  const response = await fetch(`${fresh.url}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token: 'token',
      name: 'Root',
      email: 'root@desk.example',
      password: 'seven pianos in the sun',
    }),
  })
  const { me } = (await response.json()) as { me: { id: string } }
  expect([response.status, response.headers.get('location')]).toEqual([201, `/api/people/${me.id}`])
})

test('a refusal has no Location, and a call that makes nothing answers 200', async () => {
  const refused = await root.call('createTicket', { body: { title: '', description: '' } })
  expect([refused.status, refused.headers.get('location')]).toEqual([400, null])
  const moved = await root.call('changeStatus', {
    params: { id: ticketId },
    body: { status: 'waiting' },
  })
  expect([moved.status, moved.headers.get('location')]).toEqual([200, null])
})

test('the OpenAPI document says which calls answer 201', async () => {
  const document = (await (await fetch(`${desk.url}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { responses: Record<string, unknown> }>>
  }
  const success = (name: RouteName) => {
    const [method, pattern] = paths[name]
    const path = pattern.replaceAll(/:(\w+)/g, '{$1}')
    const { responses } = document.paths[path]?.[method.toLowerCase()] ?? { responses: {} }
    return Object.keys(responses).filter((status) => status.startsWith('2'))
  }
  const names = Object.keys(paths) as RouteName[]
  const creating = names.filter((name) => 'creates' in routes[name])
  expect(creating.toSorted()).toEqual([...Object.keys(makers), 'setUp'].toSorted())
  expect(names.filter((name) => success(name).includes('201')).toSorted()).toEqual(
    creating.toSorted(),
  )
})

/** UUIDs of versions 1, 4 and 7, of another variant, and of no version. */
const uuids = [
  '6fa459ea-ee8a-11ca-894e-db77e160355e',
  '16fd2706-8baf-433b-82eb-8c7fada847da',
  '0198AAAA-0000-7000-8000-00000000000A',
  '6B29FC40-CA47-1067-C31D-00DD010662DA',
  '00000000-0000-0000-0000-00000000000B',
]

test('an id that a caller makes may be any UUID, and is stored in small letters', async () => {
  for (const id of uuids) {
    const ticket = await root.call('createTicket', { body: { id, title: id, description: '' } })
    const comment = await root.call('addComment', { params: { id }, body: { id, body: 'Hello' } })
    const tag = await root.call('createTag', {
      body: { id, name: id, color: 'red', internal: false },
    })
    const small = id.toLowerCase()
    expect([ticket.body.ticket.id, comment.body.comment.id, tag.body.item.id]).toEqual([
      small,
      small,
      small,
    ])
    const read = await root.call('ticket', { params: { ref: id.toUpperCase() } })
    expect(read.body.timeline.map((line) => line.kind)).toEqual(['created', 'comment'])
    const tagged = await root.call('setTags', { params: { id }, body: { add: [id] } })
    expect(tagged.body.ticket.tags).toEqual([small])
  }
})

test('a key and the id of a person count in any letters', async () => {
  const key = randomUUID().toUpperCase()
  const body = { title: 'Once', description: '' }
  const headers = { 'deskbell-person': root.id.toUpperCase() }
  const first = await root.call('createTicket', { key, body, headers })
  const again = await root.call('createTicket', { key: key.toLowerCase(), body })
  expect([first.status, again.body.ticket?.id]).toEqual([201, first.body.ticket.id])
})
