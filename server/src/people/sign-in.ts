import { normalEmail } from '@deskbell/contract'
import type { AuditContext } from '../audit/audit-context.ts'
import { recordAs } from '../audit/record-audit.ts'
import type { RecordAudit } from '../audit/record-audit.ts'
import type { Db, Tx } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { lockPeople, transact } from '../log/change.ts'
import type { Append } from '../log/change.ts'
import type { Passwords } from './secrets.ts'
import { createSession, endOldest, endReplaced, hasManySessions } from './sessions.ts'
import type { NewSession } from './sessions.ts'

/**
 * Signs in. It throws one error for a wrong address, a wrong password, and a person who was deactivated or never
 * accepted the invitation. The session of the token `replaced` ends: otherwise the browser could show one person and
 * act as another.
 */
export async function signIn(
  db: Db,
  audit: AuditContext,
  passwords: Passwords,
  email: string,
  password: string,
  replaced?: string,
): Promise<NewSession> {
  const person = await db
    .selectFrom('people')
    .select(['id', 'active', 'password_hash as passwordHash'])
    .where((eb) => eb(eb.fn('lower', ['email']), '=', normalEmail(email)))
    .executeTakeFirst()
  const matches = await passwords.isRight(password, person?.passwordHash)
  if (person === undefined || !matches || !person.active) {
    audit.countFailure('signIn.failed', person?.id ?? null)
    throw new DeskError('session.refused')
  }

  const begin = (alone: boolean) =>
    transact(db, audit, (tx, record, append) =>
      beginSession(tx, record, append, {
        audit,
        personId: person.id,
        passwordHash: person.passwordHash,
        replaced,
        alone,
      }),
    )
  // A sign-in that ends another session takes the people lock, which delays changes. Other sign-ins do not.
  const session = (await begin(replaced !== undefined)) ?? (await begin(true))
  if (session === undefined) throw new Error('a sign-in under the people lock begins a session')
  return session
}

interface Beginning {
  audit: AuditContext
  personId: string
  passwordHash: string | null
  replaced: string | undefined
  /** Holds the people lock: other sessions may end for this one. */
  alone: boolean
}

/** Undefined: another session must end for this one. */
async function beginSession(
  tx: Tx,
  record: RecordAudit,
  append: Append,
  { audit, personId, passwordHash, replaced, alone }: Beginning,
): Promise<NewSession | undefined> {
  if (alone) await lockPeople(tx)
  // The hash is compared again under a lock: the password may have changed since. The lock is exclusive, so that each
  // of many sign-ins at once counts the sessions of those before it.
  const still = await tx
    .selectFrom('people')
    .select('id')
    .where('id', '=', personId)
    .where('active', '=', true)
    .where('password_hash', '=', passwordHash)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (still === undefined) {
    audit.countFailure('signIn.failed', personId)
    throw new DeskError('session.refused')
  }
  if (!alone && (await hasManySessions(tx, personId))) return undefined

  const session = await createSession(tx, personId, audit)
  const asThem = recordAs(record, { id: personId, sessionId: session.sessionId })
  await asThem({ kind: 'signIn.succeeded', subjectId: personId })
  const ended = await endReplaced(tx, asThem, replaced)
  if (alone) ended.push(...(await endOldest(tx, asThem, personId)))
  // The event has no actor: the person who was signed in here must not learn who uses the browser now.
  await append(null, ended)
  return session
}
