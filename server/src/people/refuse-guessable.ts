import { passwordProblem } from '@deskbell/contract'
import type { PasswordOwner } from '@deskbell/contract'
import { DeskError } from '../errors.ts'

/** A new password that attackers try early, by a list on this server: nothing is asked of anyone else. */
export async function refuseGuessable(password: string, owner: PasswordOwner): Promise<void> {
  // Loaded when the first password is chosen. Nearly 50,000, by how often they were found in leaks.
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  const problem = passwordProblem(password, owner, dictionary['passwords-common'])
  if (problem !== null) throw new DeskError('request.invalid', { fields: { password: problem } })
}
