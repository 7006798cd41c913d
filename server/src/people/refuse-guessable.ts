import {
  isEasilyGuessed,
  passwordProblem,
  passwordSentences,
  plainPassword,
} from '@deskbell/contract'
import type { PasswordOwner } from '@deskbell/contract'
import { DeskError } from '../errors.ts'

/** A new password that attackers try early, by a list on this server: nothing is asked of anyone else. */
export async function refuseGuessable(password: string, owner: PasswordOwner): Promise<void> {
  const problem = passwordProblem(password, owner)
  if (problem !== null) refuse(problem)
  if (await isCommon(plainPassword(password))) refuse(passwordSentences.common)
}

function refuse(problem: string): never {
  throw new DeskError('request.invalid', { fields: { password: problem } })
}

/** `password2026!` is as common as `password`. */
async function isCommon(password: string): Promise<boolean> {
  // Loaded when the first password is chosen. Nearly 50,000, by how often they were found in leaks.
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  const common = dictionary['passwords-common']
  if (common.includes(password)) return true
  const [, before = '', word = '', after = ''] = /^(\P{L}*)(.*?)(\P{L}*)$/su.exec(password) ?? []
  return common.includes(word) && isEasilyGuessed(before + after)
}
