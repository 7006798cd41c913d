import { expect, test } from 'vitest'
import { passwordProblem, passwordSentences } from './password-problem.ts'

const common =
  'dragon password 1q2w3e4r5t monkey football summer pass word p@ssw0rd correct horse battery staple iloveyou'.split(
    ' ',
  )
const dora = { name: 'Dora Müller', email: 'dora.mueller@company.example' }

test.each([
  'sunflower piano seven',
  'correct horse',
  'dragon football',
  'correct horse battery',
  'correct horse battery staple',
  'monkeyfootballsummer',
  'ticket window purple dragon',
  'my support cat eats late',
  'Tr0ub4dor&3',
  'dragon #%;!/?=+&~',
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
  ['dora.mueller@company.example', 'owner'],
  ['Dora.Mueller', 'owner'],
  ['dora mu\u0308ller', 'owner'],
  ['MüllerDora', 'owner'],
  ['mueller-2026', 'owner'],
  ['doradora1234567', 'owner'],
  ['qazwsxedcr', 'run'],
  ['qazwsxedcrfvtg', 'run'],
  ['1Q2w3e4r5t', 'run'],
  ['!@#$%^&*()', 'run'],
  ['dora19900101', 'owner'],
  ['dora-dragon-2026', 'owner'],
  ['Password2026', 'common'],
  ['football2025!', 'common'],
  ['Summer2026!', 'common'],
  ['P@ssw0rd2026!', 'common'],
  ['passwordpass', 'common'],
  ['passpassword', 'common'],
  ['password password', 'common'],
  ['Password1Password2', 'common'],
  ['dragon1dragon2', 'common'],
  ['pass word 1 2', 'common'],
  ['i love you 2026', 'common'],
  ['pass\u00adword12', 'common'],
  ['pass\u{e0001}word12', 'common'],
  ['ｐａｓｓｗｏｒｄ１２', 'common'],
  ['deskbell2026', 'common'],
  ['supportdesk', 'common'],
  ['ticketsystem', 'common'],
  ['helpdesk-dragon', 'common'],
] as const)('%s is refused as %s', (password, problem) => {
  expect(passwordProblem(password, dora, common)).toBe(passwordSentences[problem])
})
