import { expect, test } from 'vitest'
import type { Format } from '../../../shell/format-keys.ts'
import { formatText } from './format-text.ts'

test('bold and code stand around the words that are selected, line by line', () => {
  expect(after('bold', 'a ‹word› b')).toBe('a ‹**word**› b')
  expect(after('bold', 'a‹ word ›b')).toBe('a ‹**word**› b')
  expect(after('bold', 'a wo‹›rd b')).toBe('a ‹**word**› b')
  expect(after('bold', '‹- one\n\n2. two›')).toBe('‹- **one**\n\n2. **two**›')
  expect(after('code', 'see ‹__init__.py›')).toBe('see ‹`__init__.py`›')
  expect(after('bold', 'a ‹›')).toBe('a **‹›**')
})

test('a format that the selection has is taken away', () => {
  expect(after('bold', 'a ‹**word**› b')).toBe('a ‹word› b')
  expect(after('bold', 'a **‹word›** b')).toBe('a ‹word› b')
  expect(after('bold', 'a **wo‹›rd** b')).toBe('a ‹word› b')
  expect(after('bold', 'a **‹›** b')).toBe('a ‹› b')
  expect(after('bold', '‹- **one**\n- **two**›')).toBe('‹- one\n- two›')
  expect(after('list', '‹- one\n- two›')).toBe('‹one\ntwo›')
  expect(after('quote', '> o‹n›e')).toBe('‹one›')
  expect(after('code', '‹```\none\ntwo\n```›')).toBe('‹one\ntwo›')
  expect(after('link', 'see [th‹›is](https://b.test)')).toBe('see ‹this›')
})

test('at the end of what is bold, bold leaves it', () => {
  expect(after('bold', '**now‹›** then')).toBe('**now**‹› then')
})

test('a list and a quote take whole lines', () => {
  expect(after('list', 'o‹ne\nt›wo\nthree')).toBe('‹- one\n- two›\nthree')
  expect(after('list', '‹one\n\ntwo›')).toBe('‹- one\n\n- two›')
  expect(after('list', '‹›')).toBe('- ‹›')
  expect(after('quote', 'one‹›')).toBe('> one‹›')
  expect(after('code', 'a‹b\nc›d')).toBe('‹```\nab\ncd\n```›')
})

test('a link asks for what it lacks', () => {
  expect(after('link', 'see ‹this›')).toBe('see [this](‹https://›)')
  expect(after('link', 'see ‹https://b.test/a›')).toBe('see [‹›](https://b.test/a)')
  expect(after('link', 'see ‹›')).toBe('see [‹›](https://)')
})

/** Texts with ‹› around what is selected. */
function after(format: Format, marked: string): string {
  const start = marked.indexOf('‹')
  const end = marked.indexOf('›') - 1
  const text = marked.replaceAll(/[‹›]/g, '')
  const edit = formatText(format, { text, start, end })
  const made = text.slice(0, edit.from) + edit.text + text.slice(edit.to)
  return `${made.slice(0, edit.start)}‹${made.slice(edit.start, edit.end)}›${made.slice(edit.end)}`
}
