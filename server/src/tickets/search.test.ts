import { expect, test } from 'vitest'
import { matchIn, searchWords } from './search.ts'

test('a match shows every place where a word begins as searched', () => {
  expect(matchIn('title', 'Invoice 2231, an invoice', ['invo'])?.parts).toEqual([
    { text: 'Invoice', hit: true },
    { text: ' 2231, an ', hit: false },
    { text: 'invoice', hit: true },
  ])
})

test('of a long text the surroundings of the first match are shown', () => {
  const parts = matchIn('comment', `${'far '.repeat(90)}printer ${'off '.repeat(90)}`, [
    'printer',
  ])?.parts
  expect(parts?.find(({ hit }) => hit)?.text).toBe('printer')
  expect(parts?.[0]?.text).toBe('…')
  expect(parts?.at(-1)?.text).toBe('…')
})

test('a word inside another is no match', () => {
  expect(matchIn('title', 'reinvoiced', searchWords('invoice'))).toBeUndefined()
})
