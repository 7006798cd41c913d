import { expect, test } from 'vitest'
import { isolated } from './isolated.ts'

test.each(['נעמה', 'سارة 2', 'Ana (صوفيا)', '\u{1e900}\u{1e901}'])('%s is kept apart', (name) => {
  expect(isolated(name)).toBe(`\u2068${name}\u2069`)
})

test.each(['Ana', 'Ана', '安娜', '2', ''])('%s stays as it is', (name) => {
  expect(isolated(name)).toBe(name)
})
