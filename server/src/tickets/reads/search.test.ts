import { expect, test } from 'vitest'
import { matchIn, searchWords } from './search.ts'

test('a match marks every word that begins with a searched word', () => {
  expect(matchIn('title', 'Invoice 2231, an invoice', ['invo'])?.parts).toEqual([
    { text: 'Invoice', hit: true },
    { text: ' 2231, an ', hit: false },
    { text: 'invoice', hit: true },
  ])
})

test('a match in a long text shows the text around it', () => {
  const parts = matchIn('comment', `${'far '.repeat(90)}printer ${'off '.repeat(90)}`, [
    'printer',
  ])?.parts
  expect(parts?.find(({ hit }) => hit)?.text).toBe('printer')
  expect(parts?.[0]?.text).toBe('…')
  expect(parts?.at(-1)?.text).toBe('…')
})

test('a word inside another one does not match', () => {
  expect(matchIn('title', 'reinvoiced', searchWords('invoice'))).toBeUndefined()
})

/** Excerpts with every possible cut: the text before and after the match moves past both ends. */
function excerpts(character: string): string[] {
  return Array.from({ length: 60 }, (_, shift) => {
    const text = `${'x'.repeat(shift)} ${character.repeat(60)} printer ${character.repeat(60)}`
    const parts = matchIn('comment', text, ['printer'])?.parts ?? []
    return parts.map((part) => part.text).join('')
  })
}

test.for(['🎉', '👩🏽‍💻', '👨‍👩‍👧‍👦', '🇩🇪', 'g̈', '1️⃣'])('no excerpt cuts through %s', (character) => {
  const words = new Set(excerpts(character).map((text) => text.replaceAll(character, '')))
  for (const text of words) expect(text).toMatch(/^…x* ? printer …$/)
})

test('many combining marks neither make an excerpt long nor break it', () => {
  const heap = `g${'\u0308'.repeat(5_000)}`
  const parts = matchIn('comment', `printer ${heap} printer ${heap}`, ['printer'])?.parts ?? []
  const text = parts.map((part) => part.text).join('')
  expect(text.length).toBeLessThan(200)
  expect(text.isWellFormed()).toBe(true)
})
