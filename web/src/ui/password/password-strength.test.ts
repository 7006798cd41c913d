import { expect, test } from 'vitest'
import { passwordStrength } from './password-strength.ts'

const ada = ['Ada Lovelace', 'ada@example.org']

test.each([
  'aaaaaaaaaaaaaaaa',
  'abcdefghijkl',
  '1234567890',
  '9876543210',
  'password12',
  'Password123!',
  'deskbell2026',
])('%s is weak: anyone would guess it', (password) => {
  expect(passwordStrength(password)).toBe('weak')
})

test('the person’s own name and address count for little', () => {
  expect(passwordStrength('lovelace-ada', ada)).toBe('weak')
  expect(passwordStrength('lovelace-ada')).not.toBe('weak')
})

test('several words, or many kinds of characters, make it better', () => {
  expect(passwordStrength('kX9#mQ2$vL')).toBe('fair')
  expect(passwordStrength('sunflower-piano', ada)).toBe('strong')
  expect(passwordStrength('correct horse battery staple', ada)).toBe('strong')
})
