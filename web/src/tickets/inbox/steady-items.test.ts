import { expect, test } from 'vitest'
import { placesOf, steadyItems } from './steady-items.ts'

const item = (ticketId: string, seq: number) => ({ ticketId, seq })

test('what was read keeps its place, and what has news comes first', () => {
  const places = placesOf([item('a', 9), item('b', 8), item('c', 7)], new Map())
  // A is read: in the order of the inbox it is behind C.
  expect(steadyItems([item('b', 8), item('c', 7), item('a', 9)], places)).toEqual([
    item('a', 9),
    item('b', 8),
    item('c', 7),
  ])
  const after = [item('c', 11), item('d', 10), item('b', 8), item('a', 9)]
  expect(steadyItems(after, places).map(({ ticketId }) => ticketId)).toEqual(['c', 'd', 'a', 'b'])
})

test('a further page comes behind', () => {
  const places = placesOf([item('a', 9), item('b', 8)], new Map())
  const longer = [item('b', 8), item('a', 9), item('c', 3)]
  expect(steadyItems(longer, places).map(({ ticketId }) => ticketId)).toEqual(['a', 'b', 'c'])
})

test('what is done and comes back has its place again', () => {
  const before = placesOf([item('a', 9), item('b', 8), item('c', 7)], new Map())
  const without = [item('a', 9), item('c', 7)]
  const places = placesOf(without, before)
  expect(steadyItems(without, before)).toEqual(without)
  expect(steadyItems([item('a', 9), item('b', 8), item('c', 7)], places)).toEqual([
    item('a', 9),
    item('b', 8),
    item('c', 7),
  ])
})
