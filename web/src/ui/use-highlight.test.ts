import { expect, test } from 'vitest'
import { followed } from './use-highlight.ts'

test('the highlight stays on its option, and on none once that is gone', () => {
  expect(followed(['b', 'c'], 1, ['a', 'b', 'c'])).toBe(2)
  expect(followed(['b', 'c'], 1, ['c'])).toBe(0)
  expect(followed(['b', 'c'], 1, ['b', 'make'])).toBe(-1)
  expect(followed([], -1, ['a'])).toBe(-1)
})
