import { mentionedIn } from '@deskbell/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { learnNames, shownText, writtenText } from './shown-text.ts'
import type { KnownNames } from './shown-text.ts'

const ids = ['01998f4e-0000-7000-8000-00000000000a', '01998f4e-0000-7000-8000-00000000000b']
const ada = `@[Ada](person:${ids[0]})`
const adaMay = `@[Ada May](person:${ids[1]})`

function knownFrom(text: string): KnownNames {
  const known: KnownNames = new Map()
  learnNames(known, text)
  return known
}

test('a field shows names, and its text has the mentions', () => {
  const text = `${ada}, ask ${adaMay}: \`${ada}\` or Ada’s @Bo. ${ada}さん`
  const known = knownFrom(text)
  const shown = shownText(text, known)
  expect(shown).toBe(`@Ada, ask @Ada May: \`${ada}\` or Ada’s @Bo. @Adaさん`)
  expect(writtenText(shown, known)).toBe(text)
})

test('a name is a mention again after it was changed and changed back', () => {
  const known = knownFrom(`${ada} knows`)
  expect(writtenText('@Adam knows', known)).toBe('@Adam knows')
  expect(writtenText('@Ad', known)).toBe('@Ad')
  expect(writtenText('who knows? @Ada', known)).toBe(`who knows? ${ada}`)
  expect(writtenText('to me@Ada.example or `@Ada`', known)).toBe('to me@Ada.example or `@Ada`')
})

test('two people of one name stay two', () => {
  const other = `@[Ada](person:${ids[1]})`
  const known = knownFrom(`${ada} ${other}`)
  expect(shownText(`${ada} ${other}`, known)).toBe(`@Ada ${other}`)
  expect(writtenText(`@Ada ${other}`, known)).toBe(`${ada} ${other}`)
})

test('no mention is lost in a field, and what it shows stays, for any text', () => {
  const piece = fc.constantFrom(
    ada,
    adaMay,
    '@Ada',
    '@Bo',
    'May',
    ' ',
    '\n',
    '`',
    '```',
    '@',
    '[',
    'a',
    '。',
    '’s',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('')
      const known = knownFrom(text)
      const written = writtenText(shownText(text, known), known)
      expect(mentionedIn(written)).toEqual(expect.arrayContaining(mentionedIn(text)))
      const shown = shownText(written, known)
      expect(shownText(writtenText(shown, known), known)).toBe(shown)
    }),
  )
})
