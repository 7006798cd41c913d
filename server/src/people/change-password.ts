import type { Body } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { keyOwner } from '../access/actor.ts'
import { change } from '../log/change.ts'
import type { ChangeRequest } from '../log/change.ts'
import { refuseGuessable } from './refuse-guessable.ts'
import type { Passwords } from './secrets.ts'
import { endSessions, renewToken } from './sessions.ts'
import type { NewSession } from './sessions.ts'
import { withShownEmail } from './shown-email.ts'

/**
 * Changes the actor's own password. This session gets a new token, and the person's other sessions end. Undefined: a
 * repeated request.
 */
export async function changePassword(
  db: Db,
  passwords: Passwords,
  request: ChangeRequest,
  input: Body<'changePassword'>,
): Promise<NewSession | undefined> {
  const { id, sessionId } = request.actor
  // One statement reads both, so that a repeat does not see one change without the other.
  const person = await db
    .selectFrom('people')
    .select(['name', 'email', 'password_hash as passwordHash'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('idempotency_keys')
            .select('key')
            .where('actor', '=', keyOwner(request.actor))
            .where('key', '=', request.key)
            .where('fingerprint', '=', request.fingerprint),
        )
        .as('isRepeated'),
    )
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  // A repeated request is compared with the password that was set: passwords are not part of the fingerprint.
  const [known, refusal] = person.isRepeated
    ? ([input.password, 'idempotency.mismatch'] as const)
    : ([input.current, 'password.wrong'] as const)
  if (!(await passwords.isRight(known, person.passwordHash))) {
    request.audit.countFailure('password.refused', id)
    throw new DeskError(refusal)
  }
  if (!person.isRepeated) await refuseGuessable(input.password, withShownEmail(person))
  const passwordHash = await passwords.hash(input.password)

  let isAnswered = person.isRepeated
  let renewed: NewSession | undefined
  await change(
    db,
    request,
    async (tx, _actor, record) => {
      isAnswered = true
      const changed = await tx
        .updateTable('people')
        .set({ password_hash: passwordHash })
        .where('id', '=', id)
        .where('password_hash', 'is not distinct from', person.passwordHash)
        .returning('id')
        .executeTakeFirst()
      if (changed === undefined) throw new DeskError('password.wrong')
      await record({ kind: 'password.changed', subjectId: id })
      renewed = await renewToken(tx, sessionId)
      const except = sessionId
      const events = await endSessions(tx, record, id, 'passwordChanged', { except })
      return { result: {}, events }
    },
    { people: true },
  )
  // Another request used the same key at the same moment, perhaps with another password: now its password is set and
  // can be compared.
  return isAnswered ? renewed : changePassword(db, passwords, request, input)
}
