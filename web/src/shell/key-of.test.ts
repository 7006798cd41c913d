import { expect, test } from 'vitest'
import { isComposing, keyOf } from './key-of.ts'

function pressed(event: Partial<KeyboardEvent>): KeyboardEvent {
  return { shiftKey: false, code: '', isComposing: false, keyCode: 0, ...event } as KeyboardEvent
}

test.each([
  ['Cyrillic', 'л', 'KeyK', 'k'],
  ['Cyrillic, with Shift', 'Л', 'KeyK', 'k'],
  ['Greek', 'ξ', 'KeyJ', 'j'],
  ['Hebrew', 'ח', 'KeyJ', 'j'],
  ['Arabic', 'ظ', 'Slash', '/'],
  // What is printed on the key counts, where it is Latin: on AZERTY, A is where Q is elsewhere.
  ['French', 'a', 'KeyQ', 'a'],
  ['French, with an accent', 'é', 'Digit2', 'é'],
  ['German', '-', 'Slash', '-'],
  ['any', 'Escape', 'Escape', 'Escape'],
])(
  'a key of a %s keyboard has the name of its place or its Latin letter',
  (_says, key, code, name) => {
    expect(keyOf(pressed({ key, code }))).toBe(name)
  },
)

test('keys of an input method are known, also the one that ends a composition in Safari', () => {
  expect(isComposing(pressed({ key: 'a', isComposing: true }))).toBe(true)
  expect(isComposing(pressed({ key: 'Enter', keyCode: 229 }))).toBe(true)
  expect(isComposing(pressed({ key: 'Enter', keyCode: 13 }))).toBe(false)
})
