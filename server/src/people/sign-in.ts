import { normalEmail } from '@deskbell/contract'
import type { AuditContext } from '../audit/audit-context.ts'
import { recordAs } from '../audit/record-audit.ts'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { appendEvents } from '../events/append-events.ts'
import { lockPeople, transact } from '../events/change.ts'
import { isPassword } from './secrets.ts'
import { createSession, endReplaced } from './sessions.ts'
import type { NewSession } from './sessions.ts'

/**
 * One answer for a wrong address, a wrong password, and someone who was deactivated or never accepted. The session of the
 * token `replaced` ends: the browser that had it cannot show one person and act as another.
 */
export async function signIn(
  db: Db,
  audit: AuditContext,
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
  if (person === undefined || !matches || !person.active) {
    audit.countFailure('signIn.failed', person?.id ?? null)
    throw new DeskError('session.refused')
  }

  return transact(db, audit, async (tx, record) => {
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
    if (still === undefined) {
      audit.countFailure('signIn.failed', person.id)
      throw new DeskError('session.refused')
    }
    const session = await createSession(tx, person.id)
    const asThem = recordAs(record, { id: person.id, sessionId: session.sessionId })
    await asThem({ kind: 'signIn.succeeded', subjectId: person.id })
    const ended = await endReplaced(tx, asThem, replaced)
    // Nobody is told whose browser it is now.
    if (ended.length > 0) await appendEvents(tx, null, null, ended)
    return session
  })
}
