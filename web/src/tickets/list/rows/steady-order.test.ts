import type { ListItem } from '@deskbell/client'
import { initialFields } from '@deskbell/contract'
import { describe, expect, test } from 'vitest'
import { keepOrder, listOrder } from './steady-order.ts'

const person = { id: 'p', name: 'Ada', staff: true, active: true, color: 0 }

function row(id: string, title = id): ListItem {
  return {
    id,
    number: 1,
    ...initialFields,
    title,
    creator: person,
    lastAuthor: person,
    tags: [],
    commentCount: 0,
    attachmentCount: 0,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    version: 1,
    seen: 1,
    pending: [],
  }
}

function ids({ rows }: { rows: readonly ListItem[] }): string {
  return rows.map(({ id }) => id).join(' ')
}

const [a, b, c, d] = [row('a'), row('b'), row('c'), row('d')]

describe('a held order', () => {
  test('lets a new row wait and counts it', () => {
    const order = keepOrder([a, b], [c, a, b])
    expect(ids(order)).toBe('a b')
    expect(order).toMatchObject({ waiting: 1, stale: true })
  })

  test('adds further pages at the end without calling them new', () => {
    const order = keepOrder([a, b], [a, b, c, d])
    expect(ids(order)).toBe('a b c d')
    expect(order).toMatchObject({ waiting: 0, stale: false })
  })

  test('shows the newest state of a row that moved, where it was', () => {
    const order = keepOrder([a, b, c], [row('c', 'changed'), a, b])
    expect(ids(order)).toBe('a b c')
    expect(order.rows[2]?.title).toBe('changed')
    expect(order).toMatchObject({ waiting: 0, stale: true })
  })

  test('keeps a row that left, marked as gone', () => {
    const order = keepOrder([a, b, c], [a, c])
    expect(ids(order)).toBe('a b c')
    expect([...order.gone]).toEqual(['b'])
    expect(order.stale).toBe(true)
  })

  test('fills an empty list at once', () => {
    const order = keepOrder([], [a, b])
    expect(ids(order)).toBe('a b')
    expect(order.stale).toBe(false)
  })
})

test('a released order is the list’s own', () => {
  expect(ids(listOrder([b, a]))).toBe('b a')
  expect(listOrder([b, a]).stale).toBe(false)
})
