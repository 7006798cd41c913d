import type { Body } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { change } from '../events/change.ts'
import type { Command } from '../events/change.ts'
import { hashPassword, isPassword } from './secrets.ts'
import { endSessions } from './sessions.ts'

/** A new password for oneself. This session goes on, one's others end. */
export async function changePassword(
  db: Db,
  command: Command,
  input: Body<'changePassword'>,
): Promise<void> {
  const { id, sessionId } = command.actor
  const person = await db
    .selectFrom('people')
    .select('password_hash as passwordHash')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const repeated = await db
    .selectFrom('commands')
    .select('key')
    .where('person_id', '=', id)
    .where('key', '=', command.key)
    .where('fingerprint', '=', command.fingerprint)
    .executeTakeFirst()
  // Asked again after it was done, the current password is the new one already; the change tells what was made.
  const right = await isPassword(input.current, person.passwordHash)
  if (repeated === undefined) {
    if (!right) throw new DeskError('password.wrong')
  } else if (!(await isPassword(input.password, person.passwordHash))) {
    // Passwords are not part of the fingerprint, so the one that was set is compared.
    throw new DeskError('idempotency.mismatch')
  }
  const passwordHash = await hashPassword(input.password)

  await change(
    db,
    command,
    async (tx) => {
      const changed = await tx
        .updateTable('people')
        .set({ password_hash: passwordHash })
        .where('id', '=', id)
        .where('password_hash', 'is not distinct from', person.passwordHash)
        .returning('id')
        .executeTakeFirst()
      if (changed === undefined) throw new DeskError('password.wrong')
      return {
        made: {},
        events: await endSessions(tx, id, 'passwordChanged', { except: sessionId }),
      }
    },
    { people: true },
  )
}
