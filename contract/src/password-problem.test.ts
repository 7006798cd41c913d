import { expect, test } from 'vitest'
import { passwordProblem, passwordSentences } from './password-problem.ts'

const common = ['dragon', 'password', '1q2w3e4r5t']
const dora = { name: 'Dora Müller', email: 'dora.mueller@desk.example' }

test.each([
  'sunflower piano seven',
  'correct horse battery',
  'k7f2-9xmp-4tqv-w8rz',
  'dora likes purple rain',
  'samsam and the ants',
  'dragon with purple rain',
  'пять разных слов',
])('a password that is hard to guess is accepted: %s', (password) => {
  expect(passwordProblem(password, dora, common)).toBeNull()
})

test.each([
  ['too short', 'short'],
  ['aaaaaaaaaa', 'repeated'],
  ['1212121212', 'repeated'],
  ['q7z!q7z!q7z', 'repeated'],
  ['dragondragon', 'repeated'],
  ['aaaabbbbcccc', 'repeated'],
  ['1234567890', 'run'],
  ['0987654321', 'run'],
  ['abcdefghij', 'run'],
  ['QWERTYUIOP', 'run'],
  ['qwertzuiop', 'run'],
  ['abc123def456', 'run'],
  ['aaa111bbb222', 'run'],
  ['dora.mueller@desk.example', 'owner'],
  ['Dora.Mueller', 'owner'],
  ['dora mu\u0308ller', 'owner'],
  ['MüllerDora', 'owner'],
  ['mueller-2026', 'owner'],
  ['doradora1234567', 'owner'],
  ['1Q2w3e4r5t', 'common'],
  ['Password2026', 'common'],
] as const)('%s is refused as %s', (password, problem) => {
  expect(passwordProblem(password, dora, common)).toBe(passwordSentences[problem])
})
