import { expect, test } from 'vitest'
import { isComposing, shortcutOf } from './key-of.ts'

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
    expect(shortcutOf(pressed({ key, code }))).toBe(name)
  },
)

test.each([
  [
    'a letter, on any layout',
    { key: 'Л', code: 'KeyK', ctrlKey: true, shiftKey: true },
    'mod+shift+k',
  ],
  ['⌘ and Ctrl alike', { key: 'b', code: 'KeyB', metaKey: true }, 'mod+b'],
  [
    'a digit that Shift turns into a sign',
    { key: '*', code: 'Digit8', ctrlKey: true, shiftKey: true },
    'mod+shift+8',
  ],
  [
    'a digit that needs Shift',
    { key: '8', code: 'Digit8', ctrlKey: true, shiftKey: true },
    'mod+shift+8',
  ],
  ['a sign above a digit', { key: '/', code: 'Digit7', shiftKey: true }, '/'],
  ['AltGr', { key: '@', code: 'KeyQ', ctrlKey: true, altKey: true }, undefined],
])('a shortcut is named alike wherever it works: %s', (_says, event, name) => {
  expect(shortcutOf(pressed(event))).toBe(name)
})

test('keys of an input method are known, also the one that ends a composition in Safari', () => {
  expect(isComposing(pressed({ key: 'a', isComposing: true }))).toBe(true)
  expect(isComposing(pressed({ key: 'Enter', keyCode: 229 }))).toBe(true)
  expect(isComposing(pressed({ key: 'Enter', keyCode: 13 }))).toBe(false)
})
