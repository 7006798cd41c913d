import { expect, test } from 'vitest'
import { createCursor } from './cursor.ts'

test('[CK1] only a message whose position before it is the cursor follows', () => {
  const cursor = started(7)
  expect(cursor.follows({ after: 7, seq: 8 })).toBe(true)
  expect(cursor.follows({ after: 7, seq: 12 })).toBe(true)
  expect(cursor.follows({ after: 7, seq: 7 })).toBe(true)
  expect(cursor.follows({ after: 6, seq: 8 })).toBe(false)
  expect(cursor.follows({ after: 8, seq: 9 })).toBe(false)
  expect(cursor.follows({ after: 7, seq: 6 })).toBe(false)
})

test('[RS1] nothing follows before the `sync:ready` of its connection', () => {
  const cursor = started(7)
  cursor.opened()
  expect(cursor.follows({ after: 7, seq: 8 })).toBe(false)
})

test('[CK3] a second hole at the same position drops the cursor, one at another position does not', () => {
  const cursor = started(7)
  cursor.markGap()
  cursor.moveTo({ seq: 8, tag: 'b' })
  cursor.markGap()
  expect(cursor.position()).toEqual({ seq: 8, tag: 'b' })
  cursor.markGap()
  expect(cursor.position()).toBeUndefined()
})

test('[RS3] a resume from another position than the cursor is a hole', () => {
  const cursor = started(7)
  const ready = { mode: 'resume', tag: 'a', head: 9, personId: 'me' } as const
  expect(cursor.ready({ ...ready, seq: 6 })).toBe('hole')
  expect(cursor.ready({ ...ready, seq: 7 })).toBe('resumed')
})

test('the remaining events are counted up to the head that the server named', () => {
  const cursor = started(7)
  cursor.opened()
  cursor.ready({ mode: 'resume', seq: 7, tag: 'a', head: 21, personId: 'me' })
  expect(cursor.remaining()).toBe(14)
  cursor.moveTo({ seq: 30, tag: 'z' })
  expect(cursor.remaining()).toBe(0)
})

function started(seq: number) {
  const cursor = createCursor()
  cursor.opened()
  expect(cursor.ready({ mode: 'live', seq, tag: 'a', head: seq, personId: 'me' })).toBe('start')
  return cursor
}
