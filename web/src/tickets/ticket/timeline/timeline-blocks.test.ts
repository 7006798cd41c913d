import type { ActorRef, PersonRef, TimelineItem } from '@deskbell/contract'
import { describe, expect, test } from 'vitest'
import { timelineBlocks } from './timeline-blocks.ts'

const ada: PersonRef = { id: 'ada', name: 'Ada', staff: true, active: true, color: 0 }
const ben: PersonRef = { id: 'ben', name: 'Ben', staff: false, active: true, color: 0 }
const at = '2026-11-22T10:00:00.000Z'

describe('timelineBlocks', () => {
  test('keeps changes with no comment between them together, in order', () => {
    const blocks = timelineBlocks([created(1), moved(2), moved(3), comment(4), moved(5)], [], {
      seen: 99,
      readerId: ben.id,
    })
    expect(blocks.map(describeBlock)).toEqual(['changes 2,3', 'comment 4', 'changes 5'])
  })

  test('marks the first item that somebody else added since it was seen', () => {
    const blocks = timelineBlocks(
      [created(1), comment(2), comment(5, ben), comment(6), moved(7)],
      [],
      { seen: 2, readerId: ben.id },
    )
    expect(blocks.map(describeBlock)).toEqual([
      'comment 2',
      'comment 5',
      'new',
      'comment 6',
      'changes 7',
    ])
  })

  test('breaks a run of changes at the mark', () => {
    const blocks = timelineBlocks([created(1), moved(2), moved(3), moved(4)], [], {
      seen: 2,
      readerId: ben.id,
    })
    expect(blocks.map(describeBlock)).toEqual(['changes 2', 'new', 'changes 3,4'])
  })

  test('has no mark on a ticket that is new as a whole', () => {
    const blocks = timelineBlocks([created(1), comment(2)], [], { seen: 0, readerId: ben.id })
    expect(blocks.map(describeBlock)).toEqual(['comment 2'])
  })

  test('has no mark when only the reader did something', () => {
    const blocks = timelineBlocks([created(1), comment(2, ben)], [], { seen: 1, readerId: ben.id })
    expect(blocks.map(describeBlock)).toEqual(['comment 2'])
  })

  test('shows gaps where items are not loaded, also between changes and at the beginning', () => {
    const gaps = [
      { after: null, before: 4 },
      { after: 5, before: 9 },
    ]
    const blocks = timelineBlocks([moved(4), moved(5), moved(9), comment(10)], gaps, {
      seen: 99,
      readerId: ben.id,
    })
    expect(blocks.map(describeBlock)).toEqual([
      'gap 4',
      'changes 4,5',
      'gap 9',
      'changes 9',
      'comment 10',
    ])
  })

  test('has no mark where the first unseen item may not be loaded', () => {
    const items = [comment(2), comment(9), comment(10)]
    const gaps = [{ after: 2, before: 9 }]
    const marks = [1, 2, 7, 8, 9].map((seen) =>
      timelineBlocks(items, gaps, { seen, readerId: ben.id }).map(describeBlock).join(', '),
    )
    expect(marks).toEqual([
      'new, comment 2, gap 9, comment 9, comment 10',
      'comment 2, gap 9, comment 9, comment 10',
      'comment 2, gap 9, comment 9, comment 10',
      'comment 2, gap 9, new, comment 9, comment 10',
      'comment 2, gap 9, comment 9, new, comment 10',
    ])
  })
})

function describeBlock(block: ReturnType<typeof timelineBlocks>[number]): string {
  if (block.kind === 'new') return 'new'
  if (block.kind === 'gap') return `gap ${block.gap.before}`
  if (block.kind === 'comment') return `comment ${block.item.seq}`
  return `changes ${block.items.map((item) => item.seq).join(',')}`
}

function by(person: PersonRef): ActorRef {
  return { kind: 'person', person }
}

function created(seq: number): TimelineItem {
  return { kind: 'created', seq, at, actor: by(ada) }
}

function moved(seq: number): TimelineItem {
  return { kind: 'status', seq, at, actor: by(ada), old: 'open', new: 'waiting' }
}

function comment(seq: number, author: PersonRef = ada): TimelineItem {
  const id = `comment-${seq}`
  return {
    kind: 'comment',
    seq,
    at,
    actor: by(author),
    comment: {
      id,
      author,
      body: 'Hello',
      internal: false,
      createdAt: at,
      editedAt: null,
      editedBy: null,
      deletedAt: null,
    },
  }
}
