import type { TimelineGap } from '@deskbell/client'
import type { ActorRef, PersonRef, TimelineItem } from '@deskbell/contract'
import { expect, test } from 'vitest'
import { changedSince } from './changed-since.ts'

const at = '2026-01-01T00:00:00.000Z'
const ada: PersonRef = { id: 'ada', name: 'Ada', staff: true, active: true, color: 0 }
const ben: PersonRef = { ...ada, id: 'ben', name: 'Ben' }
const reading = { seen: 10, readerId: 'ada' }

function line(seq: number, by: PersonRef) {
  const actor: ActorRef = { kind: 'person', person: by }
  return { seq, at, actor }
}

function changes(timeline: readonly TimelineItem[], gaps: readonly TimelineGap[] = []) {
  return changedSince(timeline, gaps, reading).map(({ label, values }) => [label, values])
}

test('says each field once, from the last look to now', () => {
  expect(
    changes([
      { ...line(9, ben), kind: 'status', old: 'closed', new: 'open' },
      { ...line(11, ben), kind: 'status', old: 'open', new: 'in_progress' },
      { ...line(12, ada), kind: 'status', old: 'in_progress', new: 'waiting' },
      { ...line(13, ben), kind: 'updated', changes: { assignee: { old: null, new: ben } } },
      { ...line(14, ben), kind: 'updated', changes: { description: { old: 'a', new: 'b' } } },
      { ...line(15, ben), kind: 'updated', changes: { title: { old: 'open', new: 'low' } } },
    ]),
  ).toEqual([
    ['Status', { old: 'Open', new: 'Waiting' }],
    ['Assignee', { old: 'none', new: 'Ben' }],
    ['Description', undefined],
    ['Title', { old: 'open', new: 'low' }],
  ])
})

test('is silent about what is as before, and about what only the reader changed', () => {
  expect(
    changes([
      { ...line(11, ben), kind: 'priority', old: 'low', new: 'high' },
      { ...line(12, ben), kind: 'priority', old: 'high', new: 'low' },
      { ...line(13, ada), kind: 'status', old: 'open', new: 'closed' },
    ]),
  ).toEqual([])
})

test('says no values where something that is not seen is not loaded', () => {
  const timeline: TimelineItem[] = [
    { ...line(8, ben), kind: 'status', old: 'closed', new: 'open' },
    { ...line(20, ben), kind: 'status', old: 'open', new: 'in_progress' },
    { ...line(30, ben), kind: 'priority', old: 'low', new: 'high' },
    { ...line(31, ben), kind: 'priority', old: 'high', new: 'low' },
  ]
  expect(changes(timeline, [{ after: 8, before: 20 }])).toEqual([
    ['Status', undefined],
    ['Priority', undefined],
  ])
  expect(changes(timeline, [{ after: null, before: 8 }])).toEqual([
    ['Status', { old: 'Open', new: 'In progress' }],
  ])
})
