import { normalEmail } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { appendEvents } from '../events/append-events.ts'
import { lockPeople, withRetries } from '../events/change.ts'
import { isPassword } from './secrets.ts'
import { createSession, endReplaced } from './sessions.ts'
import type { NewSession } from './sessions.ts'

/**
 * One answer for a wrong address, a wrong password, and someone who was deactivated or never accepted. The session of the
 * token `replaced` ends: the browser that had it cannot show one person and act as another.
 */
export async function signIn(
  db: Db,
  email: string,
  password: string,
  replaced?: string,
): Promise<NewSession> {
  const person = await db
    .selectFrom('people')
    .select(['id', 'active', 'password_hash as passwordHash'])
    .where((eb) => eb(eb.fn('lower', ['email']), '=', normalEmail(email)))
    .executeTakeFirst()
  const matches = await isPassword(password, person?.passwordHash)
  if (person === undefined || !matches || !person.active) throw new DeskError('session.refused')

  return withRetries(() =>
    db.transaction().execute(async (tx) => {
      if (replaced !== undefined) await lockPeople(tx)
      // The password is asked for again under a lock: it may have been changed while it was compared.
      const still = await tx
        .selectFrom('people')
        .select('id')
        .where('id', '=', person.id)
        .where('active', '=', true)
        .where('password_hash', '=', person.passwordHash)
        .forShare()
        .executeTakeFirst()
      if (still === undefined) throw new DeskError('session.refused')
      const ended = await endReplaced(tx, replaced)
      const session = await createSession(tx, person.id)
      // Nobody is told whose browser it is now.
      if (ended.length > 0) await appendEvents(tx, null, null, ended)
      return session
    }),
  )
}
