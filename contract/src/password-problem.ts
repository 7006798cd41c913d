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
  common: 'This is one of the most common passwords. Use some unrelated words.',
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
  if (isOfOwner(password, owner)) return passwordSentences.owner
  return isCommon(password, common) ? passwordSentences.common : null
}

/** Removes differences that attackers try anyway: capital letters, and several encodings of one letter. */
function plainPassword(typed: string): string {
  return typed.normalize('NFC').toLowerCase()
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

/** Whether the password is the name or the address, whole or in parts, with almost nothing added. */
function isOfOwner(password: string, { name, email }: PasswordOwner): boolean {
  const words = [name, email]
    .map(plainPassword)
    .flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])
    .filter((word) => word.length >= 3)
    .toSorted((one, two) => two.length - one.length)
  const rest = words.reduce((left, word) => left.replaceAll(word, ''), password)
  return rest !== password && isEasilyGuessed(rest.replace(/[^\p{L}\p{N}]/gu, ''))
}

/** `password2026` is as common as `password`. */
function isCommon(password: string, common: readonly string[]): boolean {
  if (common.includes(password)) return true
  const [, before = '', word = '', after = ''] = /^(\P{L}*)(.*?)(\P{L}*)$/su.exec(password) ?? []
  return common.includes(word) && isEasilyGuessed(before + after)
}
