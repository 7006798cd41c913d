import { v7 as uuidv7 } from 'uuid'
import type { Body } from '@deskbell/contract'
import type { AuditContext } from '../audit/audit-context.ts'
import { recordAs } from '../audit/record-audit.ts'
import type { Db, Tx } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { lockPeople, transact } from '../log/change.ts'
import { accountById, personEvents } from './accounts.ts'
import { issueSetUp, requireSetUpLink, takeLink, withdrawLinks } from './links.ts'
import type { IssuedLink } from './links.ts'
import { refuseGuessable } from './refuse-guessable.ts'
import type { Passwords } from './secrets.ts'
import { createSession } from './sessions.ts'
import type { NewSession } from './sessions.ts'

/** Creates the first super admin if there is no account. Of two requests at once, one succeeds. */
export async function setUp(
  db: Db,
  audit: AuditContext,
  passwords: Passwords,
  input: Body<'setUp'>,
): Promise<NewSession> {
  // Checked before the password is hashed, which is expensive, and again under the lock.
  if (await hasPeople(db)) throw new DeskError('setup.done')
  await requireSetUpLink(db, input.token)
  await refuseGuessable(input.password, input)
  const passwordHash = await passwords.hash(input.password)
  return transact(db, audit, async (tx, record, append) => {
    await lockPeople(tx)
    if (await hasPeople(tx)) throw new DeskError('setup.done')
    await takeLink(tx, input.token, ['setup'])
    // Withdraws the links that other starts of the server printed.
    await withdrawLinks(tx, null)

    const id = uuidv7()
    const { name, email } = input
    await tx
      .insertInto('people')
      .values({ id, name, email, role: 'super_admin', password_hash: passwordHash })
      .execute()
    const session = await createSession(tx, id, audit)
    const asThem = recordAs(record, { id, sessionId: session.sessionId })
    await asThem({ kind: 'setUp.done', subjectId: id })
    await asThem({ kind: 'signIn.succeeded', subjectId: id })
    await append(null, personEvents(undefined, await accountById(tx, id)))
    return session
  })
}

/** Issues the link for a Deskbell without accounts. Undefined once there is an account. */
export function issueSetUpLink(db: Db): Promise<IssuedLink | undefined> {
  return db.transaction().execute(async (tx) => {
    await lockPeople(tx)
    return (await hasPeople(tx)) ? undefined : issueSetUp(tx)
  })
}

/** Whether the first super admin exists. */
export async function hasPeople(tx: Db | Tx): Promise<boolean> {
  return (await tx.selectFrom('people').select('id').limit(1).executeTakeFirst()) !== undefined
}
