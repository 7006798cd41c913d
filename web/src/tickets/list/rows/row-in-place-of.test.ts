import { expect, test } from 'vitest'
import { rowInPlaceOf } from './row-in-place-of.ts'

const before = ['a', 'b', 'c', 'd']

test.each([
  ['the next row takes the place of one that left', 'b', 'acd', 'c'],
  ['the next that stays, when several leave', 'b', 'ad', 'd'],
  ['a new row takes no place', 'b', 'axcd', 'c'],
  ['the last row above, when none below stays', 'd', 'abc', 'c'],
  ['nothing, when no row stays', 'a', '', undefined],
])('%s', (_says, left, now, expected) => {
  expect(rowInPlaceOf(left, before, new Set(now))).toBe(expected)
})
