import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textPieces } from './text-pieces.ts'

test('a text is cut into pieces of a few lines, and nothing is lost', () => {
  const lines = Array.from({ length: 64 }, (_, index) => `line ${index}`)
  expect(textPieces(lines.slice(0, 40).join('\n'))).toEqual([lines.slice(0, 40).join('\n')])
  const long = lines.map((line) => `${line} and on`)
  expect(textPieces(long.join('\n'))).toEqual([
    long.slice(0, 30).join('\n'),
    long.slice(30, 60).join('\n'),
    long.slice(60).join('\n'),
  ])
})

test('a line that is longer than a piece is cut at a space, or between two characters', () => {
  expect(textPieces('word '.repeat(150))).toEqual(['word '.repeat(100), 'word '.repeat(50)])
  expect(textPieces(`a${'😀'.repeat(300)}`)).toEqual([`a${'😀'.repeat(250)}`, '😀'.repeat(50)])
})

test('the pieces together are the text, and none is long', () => {
  const part = fc.constantFrom('\n', ' ', 'word', '😀', 'x'.repeat(300), 'a b\n'.repeat(20))
  fc.assert(
    fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
      const text = parts.join('')
      const pieces = textPieces(text)
      expect(pieces.every(({ length }) => length <= 502)).toBe(true)
      expect(pieces.join('').replaceAll('\n', '')).toBe(text.replaceAll('\n', ''))
      expect(pieces.every((piece) => piece.split('\n').length <= 30 || pieces.length === 1)).toBe(
        true,
      )
    }),
  )
})
