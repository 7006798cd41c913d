import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  fields,
  matchesFilter,
  plainFields,
  priorities,
  sortKey,
  sorts,
  statuses,
  tagModes,
} from '@deskbell/contract'
import type { FilterField, Query, Reply, TicketFilter, TicketItem } from '@deskbell/contract'
import { fieldSamples } from '@deskbell/contract/testing'
import { startTestDesk } from '../../testing/index.ts'
import type { TestDesk, TestPerson } from '../../testing/index.ts'

let desk: TestDesk
let ada: TestPerson
let bob: TestPerson
let items: TicketItem[]
const tagIds = [1, 2, 3, 4].map((n) => `01980000-0000-7000-8000-00000000000${n}`)
const targets = new Map<string, string>()

/** Every field gets each of its values, in combinations. */
beforeAll(async () => {
  desk = await startTestDesk()
  ada = await desk.someone('admin', 'Ada')
  bob = await desk.someone('admin', 'Bob')
  for (const [index, id] of tagIds.entries())
    await ada.call('createTag', {
      body: { id, name: `Tag ${index}`, color: 'red', internal: index > 1 },
    })
  for (let index = 0; index < 24; index += 1) {
    const priority = at(priorities, index)
    const made = await at([ada, bob], index).call('createTicket', {
      body: { title: `Ticket ${index}`, description: '', priority },
    })
    const { id } = made.body.ticket
    const values = plainFields.map((name) => [name, at<unknown>(fieldSamples[name], index >> 1)])
    const assigneeId = at([ada.id, bob.id, null], index)
    const body = index % 6 === 5 ? {} : { ...Object.fromEntries(values), assigneeId }
    await ada.call('editTicket', { params: { id }, body })
    await ada.call('changeStatus', { params: { id }, body: { status: at(statuses, index) } })
    const tags = tagIds.filter((_, bit) => (index >> bit) % 2 === 1)
    await ada.call('setTags', { params: { id }, body: { add: tags } })
  }
  // The first stands for the second, the third for the fourth.
  for (const pair of [tagIds.slice(0, 2), tagIds.slice(2)]) {
    const [id = '', into = ''] = pair
    await ada.call('mergeTag', { params: { id }, body: { into } })
  }
  const { tags } = (await ada.call('tags')).body
  for (const { id, mergedInto } of tags) targets.set(id, mergedInto ?? id)
  items = (await ada.call('tickets', { query: { limit: 100 } })).body.items
})
afterAll(() => desk.stop())

function at<T>(all: readonly T[], index: number): T {
  return all[index % all.length] as T
}

const plain = Object.fromEntries(
  plainFields
    .filter((name) => 'filter' in fields[name])
    .map((name) => [
      name,
      fieldSamples[name].filter((value) => value !== null).map((value) => [value]),
    ]),
)
const samples = {
  ...plain,
  status: [['open'], ['open', 'closed']],
  priority: [['urgent'], ['low', 'high']],
  assignee: ['me', 'none'],
} as unknown as Record<FilterField, readonly (string | readonly string[])[]>

const filters: TicketFilter[] = [
  ...tagModes.flatMap((tagMode) => [
    { tag: tagIds.slice(0, 1), tagMode },
    { tag: tagIds.slice(1, 3), tagMode },
  ]),
  { tag: tagIds.slice(3) },
  { creator: 'me' },
  { creator: 'me', status: ['open'], assignee: 'none' },
  ...Object.entries(samples).flatMap(([name, values]) =>
    values.map((value) => ({ [name]: value })),
  ),
]

test.for(filters)('[RD6] server and client agree on the tickets of %o', async (filter) => {
  const query = Object.fromEntries(
    Object.entries(filter).map(([name, value]) => [name, String(value)]),
  )
  const { body } = await ada.call('tickets', { query: { ...query, limit: 100 } })
  const expected = items.filter((item) =>
    matchesFilter(filter, item, ada.id, (id) => targets.get(id) ?? id),
  )
  expect(body.items).toEqual(expected)
  expect(expected.length).toBeGreaterThan(0)
  expect(expected.length).toBeLessThan(items.length)
})

test.for(sorts)('[RD6] server and client agree on the order of %s, page by page', async (sort) => {
  const direction = sort.startsWith('-') ? -1 : 1
  const expected = items.toSorted((a, b) => {
    const [one, other] = [sortKey(sort, a), sortKey(sort, b)]
    return direction * (one < other ? -1 : one > other ? 1 : a.number - b.number)
  })
  const read: TicketItem[] = []
  let query: Query<'tickets'> | undefined = { sort, limit: 5 }
  while (query !== undefined) {
    const { items: page, next }: Reply<'tickets'> = (await ada.call('tickets', { query })).body
    read.push(...page)
    query = next === null ? undefined : { sort, limit: 5, after: next }
  }
  expect(read).toEqual(expected)
})
