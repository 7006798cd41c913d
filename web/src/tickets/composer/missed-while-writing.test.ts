import type { PersonRef, TimelineItem } from '@deskbell/contract'
import { describe, expect, test } from 'vitest'
import { missedWhileWriting } from './missed-while-writing.ts'

const ada: PersonRef = { id: 'ada', name: 'Ada', staff: true, active: true, color: 0 }
const at = '2026-11-22T10:00:00.000Z'

describe('missedWhileWriting', () => {
  test('finds what others wrote or attached after the writer began', () => {
    const items = [comment(3), comment(5), file(6), moved(7)]
    expect(missedWhileWriting(items, [], 4, 'ben').missed.map((item) => item.seq)).toEqual([5, 6])
  })

  test('leaves out the writer’s own items and those removed since', () => {
    expect(missedWhileWriting([comment(5), comment(6, at)], [], 4, 'ada').missed).toEqual([])
    expect(missedWhileWriting([comment(6, at)], [], 4, 'ben').missed).toEqual([])
  })

  test('finds nothing while nothing is written', () => {
    expect(missedWhileWriting([comment(5)], [], undefined, 'ben').missed).toEqual([])
  })
})

function comment(seq: number, deletedAt: string | null = null): TimelineItem {
  const id = `comment-${seq}`
  const body = deletedAt === null ? 'Hello' : ''
  return {
    kind: 'comment',
    seq,
    at,
    actor: { kind: 'person', person: ada },
    comment: {
      id,
      author: ada,
      body,
      internal: false,
      createdAt: at,
      editedAt: null,
      editedBy: null,
      deletedAt,
    },
  }
}

function file(seq: number): TimelineItem {
  return {
    kind: 'attachmentAdded',
    seq,
    at,
    actor: { kind: 'person', person: ada },
    attachmentId: 'file',
    commentId: null,
    name: 'log.txt',
    internal: false,
  }
}

function moved(seq: number): TimelineItem {
  return {
    kind: 'status',
    seq,
    at,
    actor: { kind: 'person', person: ada },
    old: 'open',
    new: 'waiting',
  }
}
