import type { PersonRef, TimelineItem } from '@deskbell/contract'
import { describe, expect, test } from 'vitest'
import { timelineBlocks } from './timeline-blocks.ts'

const ada: PersonRef = { id: 'ada', name: 'Ada', staff: true, active: true }
const ben: PersonRef = { id: 'ben', name: 'Ben', staff: false, active: true }
const at = '2026-11-22T10:00:00.000Z'

describe('timelineBlocks', () => {
  test('keeps changes with no comment between them together, in order', () => {
    const blocks = timelineBlocks(
      [created(1), moved(2), moved(3), comment(4), moved(5)],
      99,
      ben.id,
    )
    expect(blocks.map(describeBlock)).toEqual(['changes 2,3', 'comment 4', 'changes 5'])
  })

  test('marks the first item that somebody else added since it was seen', () => {
    const blocks = timelineBlocks(
      [created(1), comment(2), comment(5, ben), comment(6), moved(7)],
      2,
      ben.id,
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
    const blocks = timelineBlocks([created(1), moved(2), moved(3), moved(4)], 2, ben.id)
    expect(blocks.map(describeBlock)).toEqual(['changes 2', 'new', 'changes 3,4'])
  })

  test('has no mark on a ticket that is new as a whole', () => {
    const blocks = timelineBlocks([created(1), comment(2)], 0, ben.id)
    expect(blocks.map(describeBlock)).toEqual(['comment 2'])
  })

  test('has no mark when only the reader did something', () => {
    const blocks = timelineBlocks([created(1), comment(2, ben)], 1, ben.id)
    expect(blocks.map(describeBlock)).toEqual(['comment 2'])
  })
})

function describeBlock(block: ReturnType<typeof timelineBlocks>[number]): string {
  if (block.kind === 'new') return 'new'
  if (block.kind === 'comment') return `comment ${block.item.seq}`
  return `changes ${block.items.map((item) => item.seq).join(',')}`
}

function created(seq: number): TimelineItem {
  return { kind: 'created', seq, at, actor: ada }
}

function moved(seq: number): TimelineItem {
  return { kind: 'status', seq, at, actor: ada, old: 'open', new: 'waiting' }
}

function comment(seq: number, author: PersonRef = ada): TimelineItem {
  const id = `comment-${seq}`
  return {
    kind: 'comment',
    seq,
    at,
    actor: author,
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
