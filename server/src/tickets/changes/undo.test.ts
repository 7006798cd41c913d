import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { fields, plainFields } from '@deskbell/contract'
import type { FieldName, FieldValue, PersonRef } from '@deskbell/contract'
import { fieldSamples } from '@deskbell/contract/testing'
import { ApiError } from '@deskbell/client'
import type { Desk } from '@deskbell/client'
import { startTestDesk } from '../../testing/index.ts'
import type { TestDesk, TestPerson } from '../../testing/index.ts'
import { openLiveDesk } from '../../testing/live-desk.ts'
import type { LiveDesk } from '../../testing/live-desk.ts'

let desk: TestDesk
let ada: TestPerson
let ben: TestPerson
/** Two devices of Ada. */
let here: LiveDesk
let elsewhere: LiveDesk
/** The number of the last event that arrived here. */
let heardUpTo = 0
beforeAll(async () => {
  desk = await startTestDesk()
  ada = await desk.someone('admin', 'Ada')
  ben = await desk.someone('admin', 'Ben')
  here = await openLiveDesk(desk.url, ada)
  elsewhere = await openLiveDesk(desk.url, ada)
  here.desk.onEvent(({ event }) => {
    heardUpTo = event.meta.seq
  })
  for (const { desk: live } of [here, elsewhere])
    await vi.waitUntil(() => live.state.connection.state === 'live')
})
afterAll(async () => {
  await Promise.all([here.stop(), elsewhere.stop()])
  await desk.stop()
})

type Values = { [N in FieldName]: readonly [FieldValue<N>, FieldValue<N>] }

/** Two values of each field, neither of them that of a new ticket. */
function valuesOf(): Values {
  const person = ({ id, name }: TestPerson): PersonRef => ({
    id,
    name,
    staff: true,
    active: true,
    color: 0,
  })
  const plain = Object.fromEntries(plainFields.map((name) => [name, fieldSamples[name]]))
  const others = {
    assignee: [person(ada), person(ben)],
    status: ['waiting', 'closed'],
    priority: ['high', 'urgent'],
  }
  return { ...plain, ...others } as unknown as Values
}

async function newTicket(): Promise<string> {
  const made = await ben.call('createTicket', { body: { title: 'Printer', description: '' } })
  return made.body.ticket.id
}

async function read(id: string) {
  return (await ada.call('ticket', { params: { ref: id } })).body.ticket
}

function give(live: Desk, id: string, name: FieldName, to: unknown, step?: string): Promise<void> {
  return live.changeField(id, name, to as never, step)
}

function codes(undone: readonly { field: string; error: unknown }[]) {
  return undone.map(({ field, error }) => [field, error instanceof ApiError ? error.code : error])
}

const names = Object.keys(fields) as FieldName[]

test.each(names)('[WR8] a change of %s is taken back, step by step', async (name) => {
  const id = await newTicket()
  const before = (await read(id))[name]
  const [first, second] = valuesOf()[name]
  await give(here.desk, id, name, first)
  await give(here.desk, id, name, second)
  // At once, as someone presses the key twice.
  const both = [here.desk.undo(), here.desk.undo()]
  expect((await Promise.all(both)).map(codes)).toEqual([[[name, undefined]], [[name, undefined]]])
  expect((await read(id))[name]).toEqual(before)
})

test.each(names)('[WR8] a change of %s stays when anyone changed it since', async (name) => {
  const [first, second] = valuesOf()[name]
  const theirs: ((id: string) => Promise<void>)[] = [
    (id) => give(elsewhere.desk, id, name, second),
    // The value is the same again, but it is not this change that gave it.
    async (id) => {
      await give(elsewhere.desk, id, name, second)
      await give(elsewhere.desk, id, name, first)
    },
    (id) => byBen(id, name, second),
  ]
  for (const change of theirs) {
    const id = await newTicket()
    await give(here.desk, id, name, first)
    await change(id)
    const then = await read(id)
    expect(codes(await here.desk.undo())).toEqual([[name, 'ticket.changed']])
    expect(await read(id)).toEqual(then)
  }
})

test('[WR8] an earlier change is not taken back over the change that someone made before a later one', async () => {
  const id = await newTicket()
  await give(here.desk, id, 'status', 'waiting')
  await byBen(id, 'status', 'closed')
  await byBen(id, 'status', 'waiting')
  const { version } = await read(id)
  await expect.poll(() => heardUpTo).toBe(version)
  await give(here.desk, id, 'status', 'resolved')
  expect(codes(await here.desk.undo())).toEqual([['status', undefined]])
  expect(codes(await here.desk.undo())).toEqual([['status', 'ticket.changed']])
  expect((await read(id)).status).toBe('waiting')
})

test('[WR8] of several tickets changed in one step, those come back that nobody changed since', async () => {
  const ids = await Promise.all([newTicket(), newTicket(), newTicket()])
  await Promise.all(ids.map((id) => give(here.desk, id, 'status', 'closed', 'one step')))
  await byBen(ids[1] ?? '', 'status', 'resolved')
  // Another field does not matter.
  await byBen(ids[2] ?? '', 'priority', 'high')
  const undone = await here.desk.undo('one step')
  expect(undone.map(({ ticketId, error }) => [ticketId, error === undefined])).toEqual(
    expect.arrayContaining([
      [ids[0], true],
      [ids[1], false],
      [ids[2], true],
    ]),
  )
  const now = await Promise.all(ids.map(read))
  expect(now.map(({ status }) => status)).toEqual(['open', 'resolved', 'open'])
  expect(await here.desk.undo('one step')).toEqual([])
})

test('[WR8] tags are taken back, tag by tag', async () => {
  const tag = async (name: string) => {
    const body = { name, color: 'red', internal: false } as const
    return (await ben.call('createTag', { body })).body.item.id
  }
  const [one, two] = [await tag('one'), await tag('two')]
  const id = await newTicket()
  await here.desk.setTags(id, { add: [one] }, 'tagged')
  await elsewhere.desk.setTags(id, { add: [two] })
  expect(codes(await here.desk.undo('tagged'))).toEqual([['tags', undefined]])
  expect((await read(id)).tags).toEqual([two])
  await here.desk.setTags(id, { add: [one] }, 'again')
  await elsewhere.desk.setTags(id, { remove: [one] })
  await elsewhere.desk.setTags(id, { add: [one] })
  expect(codes(await here.desk.undo('again'))).toEqual([['tags', 'ticket.changed']])
  expect((await read(id)).tags).toEqual([one, two].toSorted())
})

async function byBen(id: string, name: FieldName, to: unknown): Promise<void> {
  const params = { id }
  const answer =
    name === 'status'
      ? await ben.call('changeStatus', { params, body: { status: to as never } })
      : name === 'priority'
        ? await ben.call('changePriority', { params, body: { priority: to as never } })
        : await ben.call('editTicket', {
            params,
            body: name === 'assignee' ? { assigneeId: ben.id } : { [name]: to },
          })
  expect(answer.status).toBe(200)
}
