import type { Body } from '@deskbell/contract'
import type { AuditContext } from '../audit/audit-context.ts'
import { recordAs } from '../audit/record-audit.ts'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { lockPeople, transact } from '../log/change.ts'
import { recordSetting } from '../audit/record-setting.ts'
import { accountById, personEvents } from './accounts.ts'
import { personRef } from '../access/actor.ts'
import { readLink, takeLink, withdrawLinks } from './links.ts'
import { refuseGuessable } from './refuse-guessable.ts'
import { refuseTakenName } from './refuse-taken-name.ts'
import type { Passwords } from './secrets.ts'
import { createSession, endReplaced, endSessions } from './sessions.ts'
import type { NewSession } from './sessions.ts'

/**
 * Sets a password with an invitation or a password link, once, and signs in. Ends the person's earlier sessions, and
 * the session of the token `replaced`.
 */
export async function acceptInvitation(
  db: Db,
  audit: AuditContext,
  passwords: Passwords,
  token: string,
  input: Body<'acceptInvitation'>,
  replaced?: string,
): Promise<NewSession & { personId: string }> {
  // Checked before the password is hashed, which is expensive, and again under the lock.
  const { name, email } = await readLink(db, token)
  await refuseGuessable(input.password, { name: input.name ?? name, email })
  const passwordHash = await passwords.hash(input.password)
  return transact(db, audit, async (tx, record, append) => {
    await lockPeople(tx)
    const { kind, personId } = await takeLink(tx, token, ['invitation', 'password'])
    if (personId === null) throw new DeskError('link.invalid')
    const before = await accountById(tx, personId)
    if (!before.active) throw new DeskError('link.invalid')

    await withdrawLinks(tx, personId)
    const name = input.name ?? before.name
    if (name !== before.name) await refuseTakenName(tx, name, before)
    await tx
      .updateTable('people')
      .set({ password_hash: passwordHash, name })
      .where('id', '=', personId)
      .execute()
    const session = await createSession(tx, personId, audit)
    const { sessionId } = session
    const asThem = recordAs(record, { id: personId, sessionId })
    await asThem({ kind: 'link.used', subjectId: personId, details: { link: kind } })
    await asThem({ kind: 'password.changed', subjectId: personId })
    await recordSetting(asThem, personId, 'name', before.name, name)
    const except = sessionId
    const ended = await endSessions(tx, asThem, personId, 'passwordChanged', { except })
    const left = await endReplaced(tx, asThem, replaced)
    await asThem({ kind: 'signIn.succeeded', subjectId: personId })
    const after = await accountById(tx, personId)
    // The event has no actor: the person who was signed in here must not learn who uses the browser now.
    await append(null, left)
    const actor = { kind: 'person', person: personRef(after) } as const
    await append(actor, [...personEvents(before, after), ...ended])
    return { ...session, personId }
  })
}
