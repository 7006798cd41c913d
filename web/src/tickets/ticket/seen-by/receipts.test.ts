import { expect, test } from 'vitest'
import type { PersonRef, Receipt, TimelineItem } from '@deskbell/contract'
import { itemSeenByTeam, receiptsByItem, teamLooksAt } from './receipts.ts'
import { seenWords } from './seen-words.ts'

function person(name: string, staff = true): PersonRef {
  return { id: name.toLowerCase(), name, staff, active: true, color: 0 }
}

const sam = person('Sam', false)
const ada = person('Ada')
const at = '2026-11-29T10:00:00.000Z'

function line(seq: number, by: PersonRef, kind: 'created' | 'comment' | 'status'): TimelineItem {
  const actor = { kind: 'person', person: by } as const
  return {
    seq,
    at,
    actor,
    kind,
    old: 'open',
    new: 'closed',
    comment: {},
  } as unknown as TimelineItem
}

function receipt(name: string, seq: number): Receipt {
  return { person: person(name), seq, at }
}

const timeline = [
  line(1, sam, 'created'),
  line(5, ada, 'comment'),
  line(8, sam, 'comment'),
  line(9, ada, 'status'),
]

test('a receipt stands under the newest item that the person has seen and did not write', () => {
  const receipts = [receipt('Ben', 9), receipt('Cleo', 8), receipt('Dora', 4), receipt('Ada', 7)]
  const placed = receiptsByItem(timeline, [], receipts)
  expect([...placed].map(([seq, all]) => [seq, all.map((one) => one.person.name)])).toEqual([
    [8, ['Ben', 'Cleo']],
    [1, ['Dora']],
  ])
})

test('a receipt whose item is not loaded stands nowhere', () => {
  const gaps = [{ after: 1, before: 5 }]
  expect(receiptsByItem(timeline, gaps, [receipt('Ben', 3)]).size).toBe(0)
  expect(receiptsByItem(timeline, gaps, [receipt('Ben', 6)]).has(5)).toBe(true)
})

test('the team has looked at the newest item of a requester, and of no other', () => {
  const looked = { lastAt: at }
  expect(itemSeenByTeam(timeline, sam, looked)).toBe(8)
  expect(itemSeenByTeam(timeline, sam, { lastAt: null })).toBeUndefined()
  expect(itemSeenByTeam([...timeline, line(12, ada, 'comment')], sam, looked)).toBeUndefined()
})

test('how many of the staff have looked stands under the item with which somebody last asked', () => {
  const asked = { ...line(10, sam, 'comment'), at: '2026-11-29T11:00:00.000Z' }
  const items = [...timeline, asked, line(12, ada, 'comment')]
  const eyes = { people: 3, lastAt: '2026-11-29T11:10:00.000Z', since: asked.at }
  expect(teamLooksAt(items, eyes)).toEqual({ seq: 10, people: 3, lastAt: eyes.lastAt })
  expect(teamLooksAt(timeline, eyes)).toBeUndefined()
  expect(teamLooksAt(items, { ...eyes, people: 0, lastAt: null })).toBeUndefined()
  expect(teamLooksAt(items, { lastAt: eyes.lastAt })).toBeUndefined()
})

test('few people are named, of many two', () => {
  const names = ['Ana Alba', 'Ben', 'Cleo', 'Dora']
  const words = (count: number) => seenWords(names.slice(0, count).map((name) => receipt(name, 1)))
  expect([1, 2, 3, 4].map(words)).toEqual([
    'Ana',
    'Ana and Ben',
    'Ana, Ben and Cleo',
    'Ana, Ben and 2 others',
  ])
})
