import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { limits } from '@deskbell/contract'
import type { Reply } from '@deskbell/contract'
import { logPosition } from '../../log/log-position.ts'
import { migrate } from '../../database/migrate.ts'
import { createTestDatabase, startTestDesk } from '../../testing/index.ts'
import { migrateUntil } from '../../testing/migrate-until.ts'
import { lockWaiters } from '../../testing/lock-waiters.ts'
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
  expect(status, JSON.stringify(body)).toBe(201)
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
  // Requesters see that the team looked, however it did.
  const { version } = (await read(id, ada)).ticket
  await ada.call('markSeen', { params: { id }, body: { seq: version } })
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
    { name: 'tag:changed', audience: 'staff', data: { tag: { id: open, used: true } } },
  ])
  const after = await read(id, sam)
  expect(after.ticket).toMatchObject({ tags: [open], version: seq + 1 })
  expect(after.timeline.map(({ kind }) => kind)).toEqual(['created', 'updated'])
  expect((await read(id, ada)).timeline).toHaveLength(4)
})

test('changes at once do not give a ticket more tags than it can have', async () => {
  const id = await newTicket()
  const ids = await Promise.all(
    Array.from({ length: limits.tagsPerTicket + 4 }, (_, index) => newTag(`Rush ${index}`)),
  )
  const answers = await Promise.all(ids.map((tag) => setTags(id, { add: [tag] })))
  const codes = answers.flatMap(({ body }) => body.code ?? [])
  expect(codes).toEqual(Array.from({ length: 4 }, () => 'ticket.tooManyTags'))
  expect((await read(id, ada)).ticket.tags).toHaveLength(limits.tagsPerTicket)
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

test('one change does not add and remove the same tag, also under the name of a merged one', async () => {
  const [one, same] = [await newTag('Both'), await newTag('Both once more')]
  await merge(same, one)
  const [without, having] = [await newTicket(), await newTicket()]
  await setTags(having, { add: [one] })
  const position = await logPosition(desk.db)
  for (const id of [without, having]) {
    for (const remove of [[one], [same]])
      expect(await setTags(id, { add: [one], remove })).toMatchObject({
        status: 400,
        body: {
          code: 'request.invalid',
          details: { fields: { add: expect.stringMatching(/both/) } },
        },
      })
  }
  expect(await logPosition(desk.db)).toEqual(position)
})

test('a filter and a search name as many tags as a ticket can have, and no more', async () => {
  const ids: string[] = []
  const count = limits.tagsPerTicket
  while (ids.length <= count) ids.push(await newTag(`n${ids.length}`))
  const [last = '', ...all] = ids.toReversed()
  const id = await newTicket()
  await setTags(id, { add: all })
  const names = ids.map((_, index) => `tag:n${index}`)
  const list = async (query: object) => (await ada.call('tickets', { query })).body
  expect((await list({ q: names.slice(0, count).join(' ') })).items.map((item) => item.id)).toEqual(
    [id],
  )
  // The last one counts too.
  const others = [...names.slice(0, count - 1), 'tag:nothing'].join(' ')
  expect((await list({ q: others })).items).toEqual([])
  expect((await list({ tag: all.join(), tagMode: 'all' })).items).toHaveLength(1)
  const limit = expect.stringContaining(String(count))
  expect(await list({ q: names.join(' ') })).toMatchObject({
    code: 'request.invalid',
    details: { fields: { q: limit } },
  })
  expect(await list({ tag: [last, ...all].join() })).toMatchObject({
    code: 'request.invalid',
    details: { fields: { tag: limit } },
  })
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
  expect(made.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409])
})

test('a merged tag stands for its target: in filters, searches, and where it is added or removed', async () => {
  const [one, two, three] = [await newTag('One tag'), await newTag('Two'), await newTag('Three')]
  const [a, b] = [await newTicket(), await newTicket()]
  await setTags(a, { add: [one] })
  await setTags(b, { add: [two, three] })
  const versions = async () =>
    (await Promise.all([a, b].map((id) => read(id, ada)))).map(({ ticket }) => ticket.version)
  const before = await versions()
  expect((await merge(one, two)).body.item.mergedInto).toBe(two)
  expect((await merge(two, three)).body.item.mergedInto).toBe(three)
  // What stood for the merged tag moves along.
  expect((await ada.call('tags')).body.tags.find(({ id }) => id === one)?.mergedInto).toBe(three)
  expect(await versions()).toEqual(before)
  expect((await read(a, sam)).ticket.tags).toEqual([one])

  const found = async (query: object) =>
    (await ada.call('tickets', { query: { sort: 'created', ...query } })).body.items.map(
      ({ id }) => id,
    )
  for (const id of [one, two, three]) expect(await found({ tag: id })).toEqual([a, b])
  for (const q of ['tag:"one TAG"', 'tag:two printer', 'Printer tag:three'])
    expect(await found({ q }), q).toEqual([a, b])
  expect(await found({ q: 'tag:three nothing' })).toEqual([])
  expect(await found({ q: 'tag:unknown' })).toEqual([])
  expect(await found({ tag: [one, three].join(), tagMode: 'all' })).toEqual([a, b])
  expect(await found({ tag: two, tagMode: 'none' })).not.toContain(a)

  expect((await setTags(a, { add: [three] })).body.ticket.tags).toEqual([one])
  expect((await setTags(a, { remove: [two] })).body.ticket.tags).toEqual([])
  expect((await setTags(a, { add: [one] })).body.ticket.tags).toEqual([three])
})

function deleteTag(id: string) {
  return ada.call('deleteTag', { params: { id } })
}

/** A tag that was used. */
async function archive(id: string): Promise<void> {
  await setTags(await newTicket(), { add: [id] })
  expect((await deleteTag(id)).body.item?.archived).toBe(true)
}

async function tagNamed(name: string) {
  return (await ada.call('tags')).body.tags.find((tag) => tag.name === name)
}

function merge(id: string, into: string) {
  return ada.call('mergeTag', { params: { id }, body: { into } })
}

test('a merge is refused where it makes no sense', async () => {
  const [a, b, secret, old] = [
    await newTag('A'),
    await newTag('B'),
    await newTag('C', true),
    await newTag('D'),
  ]
  await archive(old)
  const code = async (id: string, into: string) => (await merge(id, into)).body.code
  expect(await code(a, a)).toBe('tag.cycle')
  expect(await code(a, secret)).toBe('tag.mixed')
  expect(await code(secret, a)).toBe('tag.mixed')
  expect(await code(a, old)).toBe('tag.archived')
  expect(await code(a, '00000000-0000-4000-8000-000000000000')).toBe('tag.deleted')
  await merge(a, b)
  const position = await logPosition(desk.db)
  expect((await merge(a, b)).status).toBe(200)
  expect(await logPosition(desk.db)).toEqual(position)
  expect(await code(b, a)).toBe('tag.cycle')
  expect(await code(a, await newTag('E'))).toBe('tag.merged')
  const params = { id: a }
  expect((await ada.call('editTag', { params, body: { name: 'F' } })).body.code).toBe('tag.merged')
})

test('a tag that was never used is deleted, and its name is free again', async () => {
  const id = await newTag('Mistake')
  expect((await tagNamed('Mistake'))?.used).toBe(false)
  const key = randomUUID()
  const remove = () => ada.call('deleteTag', { params: { id }, key })
  const { seq } = await logPosition(desk.db)
  expect(await remove()).toMatchObject({ status: 200, body: { item: null, seq: seq + 1 } })
  expect((await eventsSince(seq)).map(({ data }) => data)).toMatchObject([
    { tag: { id, name: 'Mistake' }, deleted: true },
  ])
  expect(await remove()).toMatchObject({ status: 200, body: { item: null } })
  expect(await deleteTag(id)).toMatchObject({ status: 404, body: { code: 'tag.deleted' } })
  expect(await tagNamed('Mistake')).toBe(undefined)
  expect((await setTags(await newTicket(), { add: [id] })).body.code).toBe('tag.deleted')
  expect((await ada.call('tickets', { query: { tag: id } })).body.items).toEqual([])
  await newTag('Mistake')
})

test('a tag that a ticket had, or into which another was merged, is archived instead', async () => {
  const [had, target, alias] = [await newTag('Had'), await newTag('Target'), await newTag('Alias')]
  const ticket = await newTicket()
  const { seq } = await logPosition(desk.db)
  await setTags(ticket, { add: [had] })
  await setTags(ticket, { remove: [had] })
  await setTags(ticket, { add: [had] })
  await setTags(ticket, { remove: [had] })
  await merge(alias, target)
  for (const id of [had, target])
    expect((await deleteTag(id)).body.item).toMatchObject({ id, archived: true, used: true })
  expect((await deleteTag(alias)).body.code).toBe('tag.merged')
  // The first use is told once, after the event of the ticket, and only to staff.
  const told = (await eventsSince(seq)).filter(
    ({ name, audience }) => name === 'tag:changed' && audience === 'staff',
  )
  expect(told.map(({ data }) => data)).toMatchObject([
    { tag: { id: had, used: true } },
    { tag: { id: target, used: true } },
  ])
  expect((await sam.call('tags')).body.tags.some((tag) => 'used' in tag)).toBe(false)
})

test('a tag is deleted or put on a ticket, also when both happen at once', async () => {
  for (const first of ['delete', 'add'] as const) {
    const [tag, id] = [await newTag(`Both at once, first ${first}`), await newTicket()]
    const doers = { delete: () => deleteTag(tag), add: () => setTags(id, { add: [tag] }) }
    const second = first === 'delete' ? 'add' : 'delete'
    const { one, other } = await desk.db.transaction().execute(async (tx) => {
      await sql`select 1 from log for update`.execute(tx)
      const one = doers[first]()
      await expect.poll(() => lockWaiters(desk.db)).toBe(1)
      const other = doers[second]()
      await expect.poll(() => lockWaiters(desk.db)).toBe(2)
      return { one, other }
    })
    expect((await one).status).toBe(200)
    expect((await other).body).toMatchObject(
      first === 'delete' ? { code: 'tag.deleted' } : { item: { archived: true } },
    )
  }
})

test('an archived tag stays on its tickets and cannot be added, until it is restored', async () => {
  const tag = await newTag('Archived')
  const [a, b] = [await newTicket(), await newTicket()]
  await setTags(a, { add: [tag] })
  await ada.call('deleteTag', { params: { id: tag } })
  expect((await read(a, sam)).ticket.tags).toEqual([tag])
  expect((await setTags(a, { add: [tag] })).status).toBe(200)
  expect((await setTags(b, { add: [tag] })).body.code).toBe('tag.archived')
  await ada.call('editTag', { params: { id: tag }, body: { archived: false } })
  expect((await setTags(b, { add: [tag] })).status).toBe(200)
})

test('the audit log names the tags: before and after', async () => {
  const [first, second] = [await newTag('Plotter'), await newTag('Scanner')]
  const params = { id: first }
  const body = { name: 'Plotters', color: 'blue' } as const
  expect((await ada.call('editTag', { params, body })).status).toBe(200)
  await archive(first)
  await ada.call('editTag', { params, body: { archived: false } })
  await merge(first, second)
  const entries = await desk.db
    .selectFrom('audit_entries')
    .select(['kind', 'details'])
    .where(sql<boolean>`details ->> 'tag' = ${first}`)
    .orderBy('id')
    .execute()
  expect(entries).toMatchObject([
    { kind: 'tag.created', details: { name: 'Plotter' } },
    { kind: 'tag.edited', details: { from: 'Plotter', to: 'Plotters' } },
    { kind: 'tag.edited', details: { name: 'Plotters', from: 'red', to: 'blue' } },
    { kind: 'tag.archived', details: { name: 'Plotters' } },
    { kind: 'tag.restored', details: { name: 'Plotters' } },
    { kind: 'tag.merged', details: { from: 'Plotters', to: 'Scanner' } },
  ])
  await deleteTag(await newTag('Nothing'))
  const deleted = desk.db
    .selectFrom('audit_entries')
    .select('details')
    .where('kind', '=', 'tag.deleted')
  expect((await deleted.execute()).at(-1)).toMatchObject({ details: { name: 'Nothing' } })
})

test('a desk from before knows which tags were used', async () => {
  await using database = await createTestDatabase()
  await migrateUntil(database, '0026_used_tags.sql')
  const id = (digit: number) => `00000000-0000-7000-8000-00000000000${digit}`
  const [on, once, target, never, ticket] = [1, 2, 3, 4, 5].map(id)
  const { pool } = database
  await pool.query(
    `insert into tags (id, name, color, internal, merged_into)
     select v.id::uuid, v.id, 'red', false, v.target::uuid
     from (values ($1, null), ($2, $3), ($3, null), ($4, null)) v (id, target)`,
    [on, once, target, never],
  )
  await pool.query(
    `insert into people (id, email, name, role) values ($1, 'a@b.example', 'A', 'admin')`,
    [ticket],
  )
  await pool.query(
    `insert into tickets (id, title, description, creator_id) values ($1, '', '', $1)`,
    [ticket],
  )
  await pool.query('insert into ticket_tags values ($1, $2)', [ticket, on])
  const data = { changes: { tags: { added: [once], removed: [] } } }
  await pool.query(
    `insert into timeline (ticket_id, seq, kind, at, actor_id, staff_only, data) values ($1, 1, 'updated', now(), $1, false, $2)`,
    [ticket, data],
  )
  await pool.query(
    `insert into events (seq, tag, at, name, audience, people, data)
     select n, 't', now(), 'tag:changed', 'everyone', '{}', jsonb_build_object('tag', jsonb_build_object('id', id))
     from (select id, row_number() over (order by id) n from tags) numbered`,
  )
  await migrate(database.listen)
  const { rows } = await pool.query(`select t.id, t.used, (e.data #> '{tag,used}')::boolean as told
    from tags t join events e on e.data #>> '{tag,id}' = t.id::text order by t.id`)
  expect(rows).toEqual(
    [on, once, target, never].map((one) => ({ id: one, used: one !== never, told: one !== never })),
  )
})

async function fill(count: number, archived: boolean): Promise<void> {
  await sql`insert into tags (id, name, color, internal, archived)
    select gen_random_uuid(), 'Filler ' || gen_random_uuid(), 'gray', false, ${archived}
    from generate_series(1, ${count}::integer)`.execute(desk.db)
}

async function countTags(): Promise<{ all: number; used: number }> {
  const { tags } = (await ada.call('tags')).body
  const used = tags.filter(({ archived, mergedInto }) => !archived && mergedInto === null)
  return { all: tags.length, used: used.length }
}

test('of tags that are made and restored at once, no more than the limit are there afterwards', async () => {
  const old = await newTag('Old one')
  await archive(old)
  await fill(limits.tags - 1 - (await countTags()).used, false)
  const make = (name: string) =>
    ada.call('createTag', { body: { name, color: 'red', internal: false } })
  const answers = await Promise.all([
    ...['Last 1', 'Last 2', 'Last 3'].map(make),
    ada.call('editTag', { params: { id: old }, body: { archived: false } }),
  ])
  expect(answers.map(({ body }) => body.code).toSorted()).toEqual([
    'tag.tooMany',
    'tag.tooMany',
    'tag.tooMany',
    undefined,
  ])
  expect((await countTags()).used).toBe(limits.tags)
  await sql`delete from tags where name like 'Filler %'`.execute(desk.db)
})

test('the number of tags is limited; archiving and merging make room, up to a larger limit', async () => {
  const [old, other] = [await newTag('Old'), await newTag('Other')]
  await fill(limits.tags - (await countTags()).used, false)
  const make = async (name: string) =>
    (await ada.call('createTag', { body: { name, color: 'red', internal: false } })).body.code
  expect(await make('More')).toBe('tag.tooMany')
  await archive(old)
  expect(await make('More')).toBeUndefined()
  const restored = await ada.call('editTag', { params: { id: old }, body: { archived: false } })
  expect(restored.body.code).toBe('tag.tooMany')
  await merge(
    other,
    (await ada.call('tags')).body.tags.find(({ name }) => name === 'More')?.id ?? '',
  )
  await fill(limits.tagsEver - (await countTags()).all, true)
  expect(await make('Last')).toBe('tag.tooManyEver')
  expect(
    (await ada.call('editTag', { params: { id: old }, body: { archived: false } })).status,
  ).toBe(200)
})
