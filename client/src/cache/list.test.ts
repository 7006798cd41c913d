import { expect, test } from 'vitest'
import { filterFields, initialFields, pick } from '@deskbell/contract'
import {
  appendPage,
  emptyList,
  joinSegments,
  listRule,
  mayChangeResults,
  upsertRow,
  removeRow,
  rowsOf,
} from './list.ts'
import type { List } from './list.ts'
import { sortPositionOf } from './sort-position.ts'
import { event, item, person, row, statusChanged, ticket, time } from '../testing/build.ts'
import type { ListQuery } from '../types.ts'

const meId = 'person-Me'
const atEnd = { next: null, end: null }

test('[RD6] a row that changes moves to its place', () => {
  const list = read({}, [5, 4, 3, 2, 1])
  expect(numbers(place({}, list, row(2, { updatedAt: time(10) }), 10))).toEqual([2, 5, 4, 3, 1])
  expect(numbers(place({}, list, row(4, { updatedAt: time(2.5) }), 10))).toEqual([5, 3, 4, 2, 1])
  expect(numbers(place({}, list, row(3, { title: 'new' }), 10))).toEqual([5, 4, 3, 2, 1])
})

test('[RD6] a row appears when it matches the filter and leaves when it does not', () => {
  const query = { status: ['open'] } as const
  const list = read(query, [5, 4, 2])
  expect(numbers(place(query, list, row(3), 10))).toEqual([5, 4, 3, 2])
  expect(numbers(place(query, list, row(4, { status: 'closed' }), 10))).toEqual([5, 2])
  expect(place(query, list, row(9, { status: 'closed' }), 10)).toBe(list)
})

test('[RD6] a list ends where its last page ends and keeps no row beyond', () => {
  const list = read({}, [5, 4, 3], 'more')
  expect(numbers(place({}, list, row(2), 10))).toEqual([5, 4, 3])
  expect(numbers(place({}, list, row(4, { updatedAt: time(1) }), 10))).toEqual([5, 3])
  // The row that marked the end is gone, and the end is where it was.
  const moved = place({}, list, row(3, { updatedAt: time(9) }), 9)
  expect(numbers(moved)).toEqual([3, 5, 4])
  expect(numbers(place({}, moved, row(8, { updatedAt: time(3.5) }), 10))).toEqual([3, 5, 4, 8])
})

test('[RD6] a further page joins without gaps, although rows crossed its border meanwhile', () => {
  const first = read({}, [6, 5, 4], 'more')
  // 5 sinks into the second page's range, and then the page is read.
  const sunk = place({}, first, row(5, { updatedAt: time(2.5) }), 10)
  const both = append({}, sunk, [3, row(5, { updatedAt: time(2.5) }), 2], 10)
  expect(numbers(both)).toEqual([6, 4, 3, 5, 2])
  expect(numbers(place({}, both, row(2, { updatedAt: time(5.5) }), 11))).toEqual([6, 2, 4, 3, 5])
})

test('[RD6] a page without rows covers a part of the list, too', () => {
  const first = read({}, [6, 5], 'more')
  const passed = { next: 'next', end: sortPositionOf('-updated', row(3)) }
  const empty = appendPage(
    first,
    listRule({}, meId),
    { seq: 5, tag: 't5', items: [], ...passed },
    [],
  )
  const list = append({}, empty, [2], 10)
  expect(numbers(place({}, list, row(4), 8))).toEqual([6, 5, 4, 2])
})

test('[RD2] a page ignores the events that it contains, and the page above it applies them', () => {
  const both = append({}, read({}, [6, 5, 4], 'more', 1), [3, 2], 20)
  const titles = (list: List) => rowsOf(list).map(({ title }) => title)
  expect(place({}, both, row(3, { title: 'old' }), 20)).toBe(both)
  expect(titles(place({}, both, row(3, { title: 'new' }), 21))[3]).toBe('new')
  expect(titles(place({}, both, row(5, { title: 'new' }), 20))[1]).toBe('new')
})

test('[RD4] newer rows replace the rows of a page', () => {
  const known = [
    { id: 'ticket-3', row: row(3, { updatedAt: time(9) }), seq: 9 },
    { id: 'ticket-2', row: undefined, seq: 9 },
    { id: 'ticket-1', row: row(1, { title: 'older' }), seq: 3 },
  ]
  const reply = { seq: 5, tag: 't5', items: [3, 2, 1].map((number) => item(number)), ...atEnd }
  const list = appendPage(emptyList, listRule({}, meId), reply, known)
  expect(numbers(list)).toEqual([3, 1])
  expect(rowsOf(list)[1]?.title).toBe('Ticket 1')
})

test('[RD6] equal rows follow their numbers in the direction of the sort', () => {
  const query = { sort: '-priority' } as const
  expect(numbers(place(query, read(query, [4, 2]), row(3), 10))).toEqual([4, 3, 2])
  const upwards = { sort: 'priority' } as const
  expect(numbers(place(upwards, read(upwards, [2, 4]), row(3), 10))).toEqual([2, 3, 4])
  expect(numbers(place(query, read(query, [4, 2]), row(1, { priority: 'urgent' }), 10))).toEqual([
    1, 4, 2,
  ])
})

test('[AU3] a lost ticket leaves the list', () => {
  expect(numbers(removeRow(read({}, [3, 2, 1]), 'ticket-2', 10))).toEqual([3, 1])
})

test('[RD7] with a search term rows change in place, and none appears, leaves or moves', () => {
  const query = { q: 'printer', status: ['open'] } as const
  const list = read(query, [3, 2, 1])
  const closed = place(query, list, row(2, { status: 'closed', updatedAt: time(9) }), 9)
  expect(numbers(closed)).toEqual([3, 2, 1])
  expect(rowsOf(closed)[1]?.status).toBe('closed')
  expect(place(query, list, row(4), 9)).toBe(list)
  expect(numbers(removeRow(list, 'ticket-2', 9))).toEqual([3, 1])
})

test('[RD7] results may have changed after a change of text or of a filtered field', () => {
  const rule = listRule({ q: 'printer', status: ['open'] }, meId)
  const before = pick(initialFields, filterFields)
  const about = { ticketId: 'ticket-1', ticket: row(1), before, updatedBy: person('Ada') }
  expect(mayChangeResults(statusChanged(9, row(1), 'closed'), rule)).toBe(true)
  expect(mayChangeResults(statusChanged(9, row(1, { status: 'waiting' }), 'closed'), rule)).toBe(
    false,
  )
  expect(
    mayChangeResults(event('ticket:created', 9, { ticketId: 'ticket-1', ticket: ticket(1) }), rule),
  ).toBe(true)
  const titled = { ...about, changes: { title: { old: 'a', new: '' } } }
  expect(mayChangeResults(event('ticket:updated', 9, titled), rule)).toBe(true)
  const watched = { ...about, changes: { watchers: { old: [], new: [] } } }
  expect(mayChangeResults(event('ticket:updated', 9, watched), rule)).toBe(false)
  expect(mayChangeResults(event('ticket:seen', 9, { ticketId: 'ticket-1', seen: 3 }), rule)).toBe(
    false,
  )
})

test('[RD7] tags change the results of a search that names tags, and of no other', () => {
  const before = pick(initialFields, filterFields)
  const about = { ticketId: 'ticket-1', ticket: row(1), before, updatedBy: person('Ada') }
  const changes = { tags: { added: ['tag-1'], removed: [] } }
  const tag = { id: 'tag-1', name: 'Printer', color: 'red', internal: false } as const
  const events = [
    event('ticket:updated', 9, { ...about, changes }),
    event('tag:changed', 10, { tag: { ...tag, archived: false, mergedInto: null } }),
  ]
  for (const [q, expected] of [
    ['printer', false],
    ['my-tag:printer', false],
    ['tag:printer', true],
    ['printer TAG:"old printer"', true],
  ] as const) {
    const rule = listRule({ q }, meId)
    expect([q, ...events.map((one) => mayChangeResults(one, rule))]).toEqual([
      q,
      expected,
      expected,
    ])
  }
})

test('segments with the same events become one segment that covers the same rows', () => {
  const list = append({}, append({}, read({}, [6, 5], 'more'), [4, 3], 2, 'more'), [2, 1], 9)
  expect(list.segments).toHaveLength(3)
  const joined = joinSegments(list, 5)
  expect(joined.segments).toHaveLength(2)
  expect(numbers(joined)).toEqual([6, 5, 4, 3, 2, 1])
  expect(numbers(place({}, joined, row(6, { updatedAt: time(2.5) }), 10))).toEqual([
    5, 4, 3, 6, 2, 1,
  ])
  expect(joinSegments(joined, 9).segments).toHaveLength(1)
  expect(joinSegments(joined, 5)).toBe(joined)
})

function read(query: ListQuery, which: number[], end: 'end' | 'more' = 'end', seq = 1): List {
  return append(query, emptyList, which, seq, end)
}

function append(
  query: ListQuery,
  list: List,
  which: (number | ReturnType<typeof row>)[],
  seq: number,
  end: 'end' | 'more' = 'end',
): List {
  const items = which.map((one) => (typeof one === 'number' ? item(one) : { ...one, seen: 0 }))
  const rule = listRule(query, meId)
  const last = items.at(-1)
  const at = last && end === 'more' ? { next: 'next', end: sortPositionOf(rule.sort, last) } : atEnd
  return appendPage(list, rule, { seq, tag: `t${seq}`, items, ...at }, [])
}

function place(query: ListQuery, list: List, changed: ReturnType<typeof row>, seq: number): List {
  return upsertRow(list, listRule(query, meId), changed, seq)
}

function numbers(list: List): number[] {
  return rowsOf(list).map(({ number }) => number)
}
