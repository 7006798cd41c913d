import { passwordProblem } from '@deskbell/contract'
import type { PasswordOwner } from '@deskbell/contract'
import { DeskError } from '../errors.ts'

/** Refuses a password that attackers try early. The list is on this server: no other service is asked. */
export async function refuseGuessable(password: string, owner: PasswordOwner): Promise<void> {
  // Loaded when the first password is chosen. It has nearly 50,000 passwords, ordered by how often leaks contain them.
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  const problem = passwordProblem(password, owner, dictionary['passwords-common'])
  if (problem !== null) throw new DeskError('request.invalid', { fields: { password: problem } })
}
