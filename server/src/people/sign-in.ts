import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { isPassword } from './secrets.ts'
import { createSession } from './sessions.ts'
import type { NewSession } from './sessions.ts'

/** One answer for a wrong address, a wrong password, and someone who was deactivated or never accepted. */
export async function signIn(db: Db, email: string, password: string): Promise<NewSession> {
  const person = await db
    .selectFrom('people')
    .select(['id', 'active', 'password_hash as passwordHash'])
    .where((eb) => eb(eb.fn('lower', ['email']), '=', email.trim().toLowerCase()))
    .executeTakeFirst()
  const matches = await isPassword(password, person?.passwordHash)
  if (person === undefined || !matches || !person.active) throw new DeskError('session.refused')

  return db.transaction().execute(async (tx) => {
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
    return createSession(tx, person.id)
  })
}
