import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safePath } from './safe-path.ts'

const here = 'https://desk.example.org'

test.for([
  '/',
  '/tickets/42',
  '/tickets/42?q=printer&sort=-updated#comment-7',
  '/?q=a%2F%2Fb%5C%0A',
  '/?next=https://evil.example//',
  '/people#//evil.example',
  '/tickets/caf%C3%A9',
])('%j is a valid target', (next) => {
  expect(safePath(next, here)).toBe(next)
})

test('a path leads to the place that it names', () => {
  expect(safePath('/tickets/./42', here)).toBe('/tickets/42')
  expect(safePath('/tickets/../people', here)).toBe('/people')
  expect(safePath('/tickets/käse', here)).toBe('/tickets/k%C3%A4se')
})

const nasty = [
  undefined,
  '',
  'people',
  '?q=a',
  '#a',
  ' /people',
  '/.//evil.example',
  '/..//evil.example',
  '/././/evil.example',
  '/%2e//evil.example',
  '/%2E%2e//evil.example',
  '/a/..//evil.example',
  '/./\\evil.example',
  '/.\\/evil.example',
  '//evil.example',
  '///evil.example',
  '////evil.example',
  '//evil.example/%2e%2e',
  '//desk.example.org.evil.example',
  '//desk.example.org@evil.example',
  '//',
  '///',
  '/\\evil.example',
  '\\/evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r\n/evil.example',
  '\t//evil.example',
  '/\u0000/evil.example',
  '/\u001f/evil.example\u007f',
  '/%00',
  '/%09/evil.example',
  '/%0d%0aset-cookie:a',
  '/%2F/evil.example',
  '/%2f%2fevil.example',
  '/%2fevil.example',
  '/%5cevil.example',
  '/%5C%5Cevil.example',
  '/.%2f/evil.example',
  '/tickets//evil.example',
  '/%',
  '/%zz',
  '/%E0%A4%A',
  '/%c0%af/evil.example',
  'https://evil.example',
  'https:evil.example',
  'https:/evil.example',
  'https://desk.example.org',
  'https://desk.example.org@evil.example',
  'http://desk.example.org/people',
  'javascript:alert(1)',
  '/javascript:alert(1)//',
  'data:text/html,hello',
  'blob:https://desk.example.org/a',
  '/sign-in',
  '/sign-in/',
  '/sign-in?next=/sign-in',
  '/%73ign-in',
  '/people/../sign-in',
]

test.for(nasty.map((next) => ({ next })))('$next leads to the front page', ({ next }) => {
  expect(safePath(next, here)).toBe('/')
})

const pieces =
  '/ \\ . .. %2f %5C %2e % @ : ? # evil.example sign-in %00 %0a https: [ ⁄ 。 \t \n \r \u0000 \ud800'
    // Splits at a plain space only: other blanks are pieces themselves.
    .split(' ')
    .concat(' ')

test('any text leads to a page of this site, and none throws', () => {
  const piece = fc.constantFrom(...pieces)
  const made = fc.array(piece, { maxLength: 8 }).map((some) => some.join(''))
  fc.assert(
    fc.property(
      fc.oneof(
        made,
        made.map((text) => `/${text}`),
        fc.string({ unit: 'binary' }),
      ),
      (next) => {
        const path = safePath(next, here)
        expect(path).toMatch(/^\/(?![/\\])/)
        expect(new URL(path, here).origin).toBe(here)
        // history.replaceState resolves the path like this, on any page.
        expect(new URL(path, `${here}/a/b?c`).href).toBe(new URL(path, here).href)
        expect(safePath(path, here)).toBe(path)
      },
    ),
    { numRuns: 2_000 },
  )
})
