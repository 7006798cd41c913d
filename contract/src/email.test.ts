import { expect, test } from 'vitest'
import { emailProblem, normalEmail } from './email.ts'

test.each([
  'dora@desk',
  'dora@desk.local',
  'dora@desk.example',
  'Dora.Müller+tickets@müller.example',
  'dora@xn--mller-kva.example',
  "dora.o'brien@desk.example",
  'dora@mail_1.desk',
  'dora@[192.168.0.2]',
  'dora@[IPv6:2001:db8::2]',
  'คำ@desk',
  '  dora@desk.example ',
  '多拉@例え.テスト',
])('an address that an office’s mail server accepts is valid: %s', (email) => {
  expect(emailProblem(email)).toBeNull()
})

test.each([
  ['', 'Enter an e-mail address.'],
  ['dora', 'An e-mail address needs an @, as in dora@desk.example.'],
  ['dora@', 'The part after the @ is missing.'],
  ['@desk.example', 'The part before the @ is missing.'],
  ['dora@desk@example', 'An e-mail address has only one @.'],
  ['dora miller@desk.example', 'An e-mail address has no spaces.'],
  ['"dora"@desk.example', 'An e-mail address cannot have " before the @.'],
  [
    'dora\u202e@desk.example',
    'This address has a character that cannot be seen. Please type it again.',
  ],
  [
    'dora@de\u200bsk.example',
    'This address has a character that cannot be seen. Please type it again.',
  ],
  [
    'dora\0@desk.example',
    'This address has a character that cannot be seen. Please type it again.',
  ],
  ['dora..miller@desk', 'A dot in an e-mail address stands between two other characters.'],
  ['dora@desk.', 'A dot in an e-mail address stands between two other characters.'],
  ['dora@-desk', '“-desk” is not the name of a domain, as desk.example is.'],
  ['dora@desk/x', '“desk/x” is not the name of a domain, as desk.example is.'],
  ['dora@127', '“127” is not the name of a domain, as desk.example is.'],
  ['dora@desk.1', '“desk.1” is not the name of a domain, as desk.example is.'],
  [
    'dora\u3164@desk.example',
    'This address has a character that cannot be seen. Please type it again.',
  ],
  ['dora@%64esk', '“%64esk” is not the name of a domain, as desk.example is.'],
  [`dora@${'desk.'.repeat(50)}example`, 'An e-mail address has at most 254 characters.'],
])('the sentence says what is wrong with %j', (email, problem) => {
  expect(emailProblem(email)).toBe(problem)
})

test.each(['999.1.1.1', '1.2.3', '1.2.3.04', '1.2.3.4.5', 'ipv6:2001:db8', 'ipv6:1::2::3', '::1'])(
  'a mail server without a name has a valid IP address, which %s is not',
  (host) => {
    expect(emailProblem(`dora@[${host}]`)).toBe(
      `“[${host}]” is not the name of a domain, as desk.example is.`,
    )
  },
)

test.each(['ﬁ', 'ｄｏｒａ', '𝐝ora'])('letters in a special form are refused: %s@desk', (local) => {
  expect(emailProblem(`${local}@desk`)).toBe(
    'This address has a letter in a special form, as ﬁ or Ａ. Please type it with plain letters.',
  )
})

test.each([
  ['DORA@Desk.Example', 'dora@desk.example'],
  [' dora@müller.example', 'dora@xn--mller-kva.example'],
  ['dora@MÜLLER.example', 'dora@xn--mller-kva.example'],
  ['dora@mu\u0308ller.example', 'dora@xn--mller-kva.example'],
  ['ju\u0308rgen@desk', 'jürgen@desk'],
  ['dora@[IPv6:2001:DB8:0::2]', 'dora@[ipv6:2001:db8::2]'],
  ['dora@ﬁsh.example', 'dora@fish.example'],
  ['no address', 'no address'],
])('all spellings of one address have one normal form: %j', (typed, normal) => {
  expect(normalEmail(typed)).toBe(normal)
  expect(normalEmail(normal)).toBe(normal)
})
