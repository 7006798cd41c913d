import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { limits } from '@deskbell/contract'
import type { Reply } from '@deskbell/contract'
import { logPosition } from '../../log/log-position.ts'
import { startTestDesk } from '../../testing/index.ts'
import { unlimited } from '../../testing/unlimited.ts'
import type { TestDesk, TestPerson } from '../../testing/index.ts'

let desk: TestDesk
let ada: TestPerson
let sam: TestPerson
beforeAll(async () => {
  desk = await startTestDesk({}, { limiter: unlimited })
  ada = await desk.someone('admin', 'Ada')
  sam = await desk.someone('sales', 'Sam')
})
afterAll(() => desk.stop())

async function newTicket(): Promise<string> {
  const made = await sam.call('createTicket', { body: { title: 'Printer', description: '' } })
  return made.body.ticket.id
}

async function newTag(name: string, internal = false): Promise<string> {
  const { status, body } = await ada.call('createTag', { body: { name, color: 'red', internal } })
  expect(status, JSON.stringify(body)).toBe(200)
  return body.item.id
}

function setTags(id: string, body: { add?: string[]; remove?: string[] }) {
  return ada.call('setTags', { params: { id }, body })
}

async function read(id: string, person: TestPerson): Promise<Reply<'ticket'>> {
  return (await person.call('ticket', { params: { ref: id } })).body
}

async function eventsSince(seq: number) {
  return desk.db
    .selectFrom('events')
    .select(['name', 'audience', 'data'])
    .where('seq', '>', seq)
    .orderBy('seq')
    .execute()
}

test('[DL8] an internal tag moves nothing for requesters, and a mixed change is two events', async () => {
  const [open, secret] = [await newTag('Public'), await newTag('Secret', true)]
  const id = await newTicket()
  const before = await read(id, sam)
  await setTags(id, { add: [secret] })
  expect({ ...(await read(id, sam)), seq: 0, tag: '' }).toEqual({ ...before, seq: 0, tag: '' })
  expect((await read(id, ada)).ticket.tags).toEqual([secret])
  expect((await read(id, ada)).ticket.version).toBeGreaterThan(before.ticket.version)

  const { seq } = await logPosition(desk.db)
  await setTags(id, { add: [open], remove: [secret] })
  expect(await eventsSince(seq)).toMatchObject([
    {
      name: 'ticket:updated',
      audience: 'participants',
      data: { changes: { tags: { added: [open], removed: [] } } },
    },
    {
      name: 'ticket:updated',
      audience: 'staff',
      data: { changes: { tags: { added: [], removed: [secret] } } },
    },
  ])
  const after = await read(id, sam)
  expect(after.ticket).toMatchObject({ tags: [open], version: seq + 1 })
  expect(after.timeline.map(({ kind }) => kind)).toEqual(['created', 'updated'])
  expect((await read(id, ada)).timeline).toHaveLength(4)
})

test('adding what is there and removing what is not changes nothing', async () => {
  const [one, other] = [await newTag('There'), await newTag('Elsewhere')]
  const id = await newTicket()
  await setTags(id, { add: [one, one] })
  const position = await logPosition(desk.db)
  const again = await setTags(id, { add: [one], remove: [other] })
  expect(again.body.ticket.tags).toEqual([one])
  expect(await logPosition(desk.db)).toEqual(position)
})

test('the tags of a ticket are limited, and their order is that of their ids', async () => {
  const id = await newTicket()
  const ids: string[] = []
  while (ids.length <= limits.tagsPerTicket) ids.push(await newTag(`Many ${ids.length}`))
  const [last = '', ...rest] = ids.toReversed()
  expect((await setTags(id, { add: rest })).body.ticket.tags).toEqual(rest.toSorted())
  expect(await setTags(id, { add: [last] })).toMatchObject({
    status: 409,
    body: { code: 'ticket.tooManyTags' },
  })
  expect((await setTags(id, { add: [last], remove: rest.slice(0, 1) })).status).toBe(200)
})

test('no two tags look alike, public or internal', async () => {
  await newTag('Café')
  for (const name of ['café', ' CAFE\u0301 ', 'caf\u200bé']) {
    const body = { name, color: 'blue', internal: true } as const
    expect(await ada.call('createTag', { body })).toMatchObject({
      status: 409,
      body: { code: 'tag.nameTaken' },
    })
  }
  const body = { name: 'a "b"', color: 'blue', internal: true } as const
  expect((await ada.call('createTag', { body })).body.code).toBe('request.invalid')
})

test('of two tags with one name that are made at once, one is refused', async () => {
  const body = { name: 'Twice', color: 'red', internal: false } as const
  const made = await Promise.all([
    ada.call('createTag', { body }),
    ada.call('createTag', { body }),
    ada.call('createTag', { body }),
  ])
  expect(made.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409])
})

test('a ticket in the log from before tags existed has none', async () => {
  const id = await newTicket()
  await sql`update events set ticket = ticket - 'tags', staff_ticket = staff_ticket - 'tags'
    where ticket_id = ${id}`.execute(desk.db)
  const { floor, floor_tag } = await desk.db
    .selectFrom('log')
    .select(['floor', 'floor_tag'])
    .executeTakeFirstOrThrow()
  const socket = ada.socket({ cursor: { seq: floor, tag: floor_tag } })
  const made: unknown[] = []
  socket.on('ticket:created', (data: { ticket: { id: string } }) => made.push(data.ticket))
  await expect.poll(() => made).toContainEqual(expect.objectContaining({ id, tags: [] }))
  socket.disconnect()
})

test('the number of tags is limited', async () => {
  const { rows } = await sql<{ count: number }>`
    insert into tags (id, name, color, internal)
      select gen_random_uuid(), 'Filler ' || n, 'gray', false
      from generate_series(1, ${limits.tags} - (select count(*) from tags)) n
    returning 1 as count`.execute(desk.db)
  expect(rows.length).toBeGreaterThan(0)
  const body = { name: 'One more', color: 'red', internal: false } as const
  expect((await ada.call('createTag', { body })).body.code).toBe('tag.tooMany')
})
