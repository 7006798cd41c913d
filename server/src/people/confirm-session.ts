import { sql } from 'kysely'
import { limits } from '@deskbell/contract'
import type { AuditContext } from '../audit/audit-context.ts'
import type { Db, Tx } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { transact } from '../log/change.ts'
import type { PersonActor } from '../access/actor.ts'
import type { Passwords } from './secrets.ts'
import { renewToken } from './sessions.ts'
import type { NewSession } from './sessions.ts'

/** Confirms a session: its person enters the password again, and the session gets a new token. */
export async function confirmSession(
  db: Db,
  audit: AuditContext,
  passwords: Passwords,
  { id, sessionId }: PersonActor,
  password: string,
): Promise<NewSession> {
  const { passwordHash } = await db
    .selectFrom('people')
    .select('password_hash as passwordHash')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (!(await passwords.isRight(password, passwordHash))) refuse(audit, id)
  return transact(db, audit, async (tx, record) => {
    // The password may have changed while it was compared.
    const still = await tx
      .selectFrom('people')
      .select('id')
      .where('id', '=', id)
      .where('password_hash', '=', passwordHash)
      .forShare()
      .executeTakeFirst()
    if (still === undefined) refuse(audit, id)
    const renewed = await renewToken(tx, sessionId)
    await record({ kind: 'session.confirmed', subjectId: id })
    return renewed
  })
}

function refuse(audit: AuditContext, personId: string): never {
  audit.countFailure('password.refused', personId)
  throw new DeskError('password.wrong')
}

/** Called by changes that give a person access: an open browser or a stolen token must not be enough for them. */
export async function refuseUnconfirmed(tx: Tx, { sessionId }: PersonActor): Promise<void> {
  const confirmed = await tx
    .selectFrom('sessions')
    .select('id')
    .where('id', '=', sessionId)
    .where(
      sql<boolean>`confirmed_at > clock_timestamp() - ${limits.confirmedMs} * interval '1 millisecond'`,
    )
    .executeTakeFirst()
  if (confirmed === undefined) throw new DeskError('session.confirm')
}
