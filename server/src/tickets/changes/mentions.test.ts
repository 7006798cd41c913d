import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { limits, mentionOf } from '@deskbell/contract'
import { logPosition } from '../../log/log-position.ts'
import { startTestDesk } from '../../testing/index.ts'
import type { TestDesk, TestPerson } from '../../testing/index.ts'
import { lockWaiters } from '../../testing/lock-waiters.ts'
import { unlimited } from '../../testing/unlimited.ts'

let desk: TestDesk
let ada: TestPerson
let root: TestPerson
let sam: TestPerson
beforeAll(async () => {
  desk = await startTestDesk({}, { limiter: unlimited })
  ada = await desk.someone('admin', 'Ada')
  root = await desk.someone('super_admin', 'Root')
  sam = await desk.someone('sales', 'Sam')
})
afterAll(() => desk.stop())

async function newTicket(by = sam): Promise<string> {
  const made = await by.call('createTicket', { body: { title: 'Printer', description: '' } })
  return made.body.ticket.id
}

function say(person: TestPerson, id: string, body: string, internal = false) {
  return person.call('addComment', { params: { id }, body: { body, internal } })
}

async function namesFor(person: TestPerson): Promise<string[]> {
  return (await person.call('names')).body.people.map(({ name }) => name)
}

test('[MN1] a text mentions at most 20 people, and a refused one leaves nothing', async () => {
  const id = await newTicket()
  const people = await Promise.all(
    Array.from({ length: limits.mentions + 1 }, (_, n) => desk.someone('sales', `Colleague ${n}`)),
  )
  const [first, ...others] = people.map(mentionOf)
  const before = await logPosition(desk.db)
  const refused = await say(ada, id, [first, ...others].join(' '))
  expect([refused.status, refused.body.code]).toEqual([400, 'mention.tooMany'])
  expect(await logPosition(desk.db)).toEqual(before)
  expect((await say(ada, id, `\`${first}\` ${first?.slice(1)} ${others.join(' ')}`)).status).toBe(
    201,
  )
})

test('[MN1] a correction may keep the mention of somebody who was deactivated since, and add none', async () => {
  const id = await newTicket()
  const [bea, cem] = [await desk.someone('sales', 'Bea'), await desk.someone('sales', 'Cem')]
  const { comment } = (await say(ada, id, `${mentionOf(bea)} knows`)).body
  for (const params of [bea, cem])
    await root.call('editPerson', { params, body: { active: false } })

  const edit = (body: string) => ada.call('editComment', { params: comment, body: { body } })
  expect((await edit(`${mentionOf(bea)} may know`)).status).toBe(200)
  expect((await edit(`${mentionOf(bea)} or ${mentionOf(cem)}`)).body.code).toBe(
    'mention.unavailable',
  )

  const describe = (description: string) =>
    ada.call('editTicket', { params: { id }, body: { description } })
  expect((await describe(`Ask ${mentionOf(cem)}`)).body.code).toBe('mention.unavailable')
})

test('[MN2] somebody who is deactivated at the same moment is not mentioned any more', async () => {
  const id = await newTicket()
  const dee = await desk.someone('admin', 'Dee')
  const { deactivating, mentioning } = await desk.db.transaction().execute(async (tx) => {
    // Appending waits from now on: first the deactivation, and behind it the reply.
    await sql`select 1 from log for update`.execute(tx)
    const started = root.call('editPerson', { params: dee, body: { active: false } })
    await expect.poll(() => lockWaiters(desk.db)).toBe(1)
    const late = say(ada, id, mentionOf(dee))
    await expect.poll(() => lockWaiters(desk.db)).toBe(2)
    return { deactivating: started, mentioning: late }
  })
  expect((await deactivating).status).toBe(200)
  expect((await mentioning).body.code).toBe('mention.unavailable')
})

test('[MN2] a person nobody knows of and one whom the writer may not know are refused with one answer', async () => {
  const id = await newTicket()
  const eve = await desk.someone('sales', 'Eve')
  await eve.call('createTicket', { body: { title: 'Fax', description: '' } })
  const answers = [eve.id, randomUUID()].map(async (other) => {
    const { status, body } = await say(sam, id, mentionOf({ id: other, name: 'Eve' }))
    return { status, code: body.code, message: body.message, details: body.details }
  })
  const [known, unknown] = await Promise.all(answers)
  expect(known).toEqual(unknown)
  expect(known?.code).toBe('mention.unavailable')
})

test('[MN3] a mention grants nothing, and shows the person to the readers of the ticket, who hear of a new name', async () => {
  const kim = await desk.someone('sales', 'Kim')
  const id = await newTicket(kim)
  const flo = await desk.someone('sales', 'Flo')
  const hears = async (name: string) => {
    await flo.call('editMe', { body: { name } })
    const { people } = await desk.db
      .selectFrom('events')
      .select('people')
      .where('name', '=', 'person:changed')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    return people.includes(kim.id)
  }

  await say(ada, id, `For us: ${mentionOf(flo)}`, true)
  expect([await hears('Flo One'), await namesFor(kim)]).toEqual([false, ['Kim']])

  const { comment } = (await say(ada, id, 'Somebody may know')).body
  const body = { body: `${mentionOf(flo)} may know` }
  await ada.call('editComment', { params: comment, body })
  expect([await hears('Flo Two'), await namesFor(kim)]).toEqual([true, ['Ada', 'Flo Two', 'Kim']])
  expect((await say(kim, id, `Hello ${mentionOf(flo)}`)).status).toBe(201)

  expect((await flo.call('ticket', { params: { ref: id } })).body.code).toBe('not.found')
  expect((await flo.call('tickets')).body.items).toEqual([])
})

test('[MN3] whom a description mentions is shown, also by a new ticket and by a change of it', async () => {
  const [gus, hal] = [await desk.someone('sales', 'Gus'), await desk.someone('sales', 'Hal')]
  const body = { title: 'Desks', description: `Ask ${mentionOf(gus)}` }
  const { id } = (await ada.call('createTicket', { body })).body.ticket
  const ivy = await desk.someone('sales', 'Ivy')
  await ada.call('watch', { params: { id, userId: ivy.id } })
  expect(await namesFor(ivy)).toEqual(['Ada', 'Gus', 'Ivy'])
  const description = `Ask ${mentionOf(gus)} or ${mentionOf(hal)}`
  await ada.call('editTicket', { params: { id }, body: { description } })
  expect(await namesFor(ivy)).toEqual(['Ada', 'Gus', 'Hal', 'Ivy'])
})

test('[MN4] a mention is found and shown by the name as it was written, and by nothing else of it', async () => {
  const jo = await desk.someone('sales', 'Jo Quillfeather')
  const id = await newTicket()
  await say(ada, id, `Ask ${mentionOf(jo)} about the toner`)
  const { items } = (await ada.call('tickets', { query: { q: 'quillfeather toner' } })).body
  expect(items.map((item) => item.id)).toEqual([id])
  const text = items[0]?.matches?.flatMap(({ parts }) => parts.map((part) => part.text)).join('')
  expect(text).toBe('Ask @Jo Quillfeather about the toner')
  for (const q of ['person', jo.id, jo.id.slice(0, 8)])
    expect((await ada.call('tickets', { query: { q } })).body.items).toEqual([])
})
