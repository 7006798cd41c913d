import { limits } from './limits.ts'

/** The person who chooses the password: an attacker tries their name and address first. */
export interface PasswordOwner {
  name: string
  email: string
}

export const passwordSentences = {
  short: `Use at least ${limits.passwordMinLength} characters.`,
  repeated: 'This repeats a few characters. Use some unrelated words.',
  run: 'These characters follow one another in the alphabet or on the keyboard. Use some unrelated words.',
  owner: 'This is made of your name or e-mail address. Use some unrelated words.',
  common: 'This is made of words that attackers try first. Use some more unrelated words.',
} as const

/**
 * A sentence that says what is wrong with a new password, or null. `common`: the passwords that attackers try first.
 */
export function passwordProblem(
  typed: string,
  owner: PasswordOwner,
  common: readonly string[],
): string | null {
  const password = plainPassword(typed)
  if (password.length < limits.passwordMinLength) return passwordSentences.short
  if (isRepeated(password)) return passwordSentences.repeated
  if (isEasilyGuessed(password)) return passwordSentences.run
  const words = wordsIn(password, common)
  const names = ownWords(owner).filter((word) => password.includes(word))
  const rest = without(password, [...names, ...deskWords])
  if (rest !== password && isPredictable(rest, words)) {
    return names.length > 0 ? passwordSentences.owner : passwordSentences.common
  }
  if (common.includes(password)) return passwordSentences.common
  return isOfWords(password, words) ? passwordSentences.common : null
}

/** Removes differences that attackers try anyway, as capital letters, and differences that cannot be seen. */
function plainPassword(typed: string): string {
  const plain = typed.normalize('NFKC').toLowerCase()
  return plain.replace(/\p{Default_Ignorable_Code_Point}/gu, '')
}

/** Whether fewer than five characters are unpredictable. In a run or a repetition only the first one is. */
function isEasilyGuessed(text: string): boolean {
  let surprises = 0
  for (let at = 0; at < text.length; surprises += 1) at += runAt(text, at)
  return surprises < 5
}

const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'qwertzuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1q2w3e4r5t6y7u8i9o0p',
  '!@#$%^&*()_+',
  '!"§$%&/()=',
]
const runs = [...rows, ...rows.map((row) => Array.from(row).toReversed().join(''))]

/**
 * How many characters from `at` on follow one another or are equal; 1 if fewer than three do, as this may be chance.
 */
function runAt(text: string, at: number): number {
  let length = 1
  while (at + length < text.length && isRun(text.slice(at, at + length + 1))) length += 1
  return length < 3 ? 1 : length
}

function isRun(text: string): boolean {
  return new Set(text).size === 1 || runs.some((run) => run.includes(text))
}

/** `aaaaaaaaaa`, `abc abc abc `: few different characters, or one repeated part that alone would be too short. */
function isRepeated(password: string): boolean {
  if (new Set(password).size <= 3) return true
  const longest = Math.min(Math.floor(password.length / 2), limits.passwordMinLength - 1)
  return Array.from({ length: longest }, (_, index) => index + 1).some(
    (period) => password.slice(period) === password.slice(0, -period),
  )
}

/** Words of the desk and of signing in, in the order in which they are removed: `ticketsystem` is `ticket` and `system`. */
const deskWords = [
  'deskbell',
  'password',
  'helpdesk',
  'customer',
  'system',
  'tickets',
  'support',
  'service',
  'ticket',
  'admin',
  'agent',
  'login',
  'pass',
  'desk',
  'help',
  'bell',
]

/** The name and the address, whole and in parts, longer ones first. */
function ownWords({ name, email }: PasswordOwner): string[] {
  return [name, email]
    .map(plainPassword)
    .flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])
    .filter((word) => word.length >= 3)
    .toSorted((one, two) => two.length - one.length)
}

function without(text: string, words: readonly string[]): string {
  return words.reduce((left, word) => left.replaceAll(word, ' '), text)
}

/** The common passwords that a password contains, also across its blanks and signs: all later steps read only these. */
function wordsIn(password: string, common: readonly string[]): string[] {
  const parts = new Set([password, joined(password)].flatMap(partsOf))
  return common.filter((word) => parts.has(word))
}

/** Every part of three to twenty characters, which is as long as common words are. */
function partsOf(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 2) }, (_, at) => at).flatMap((at) =>
    Array.from({ length: 18 }, (_, more) => text.slice(at, at + 3 + more)),
  )
}

function joined(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N}]/gu, '')
}

/** Whether almost nothing was added to the words that are removed already. */
function isPredictable(rest: string, words: readonly string[]): boolean {
  return isEasilyGuessed(joined(rest)) || isOfWords(rest, words)
}

/**
 * `Football2026!`, `monkey monkey 7`: one common word with digits and signs, which alone would be no password. Two
 * different words are enough.
 */
function isOfWords(text: string, words: readonly string[]): boolean {
  const added = text.replace(/[\p{L}\p{M}\s]/gu, '')
  if (added.length >= limits.passwordMinLength && !isEasilyGuessed(added)) return false
  return [text, joined(text)].some((letters) => isCovered(letters, words))
}

/** Whether one word, however often, covers all letters. */
function isCovered(text: string, words: readonly string[]): boolean {
  const first = text.search(/\p{L}/u)
  if (first < 0) return true
  return words.some(
    (word) => text.startsWith(word, first) && !/\p{L}/u.test(text.replaceAll(word, ' ')),
  )
}
