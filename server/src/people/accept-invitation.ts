import type { Body } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { appendEvents } from '../events/append-events.ts'
import { lockPeople, withRetries } from '../events/change.ts'
import { accountById, personEvents } from './accounts.ts'
import { personRef } from './actor.ts'
import { readLink, takeLink, withdrawLinks } from './links.ts'
import { refuseGuessable } from './refuse-guessable.ts'
import { hashPassword } from './secrets.ts'
import { createSession, endReplaced, endSessions } from './sessions.ts'
import type { NewSession } from './sessions.ts'

/**
 * Sets a password by an invitation or a password link, once, and signs in. Sessions from before end, and so does the one
 * of the token `replaced`.
 */
export async function acceptInvitation(
  db: Db,
  token: string,
  input: Body<'acceptInvitation'>,
  replaced?: string,
): Promise<NewSession & { personId: string }> {
  const { name, email } = await readLink(db, token)
  await refuseGuessable(input.password, { name: input.name ?? name, email })
  const passwordHash = await hashPassword(input.password)
  return withRetries(() =>
    db.transaction().execute(async (tx) => {
      await lockPeople(tx)
      const { personId } = await takeLink(tx, token, ['invitation', 'password'])
      if (personId === null) throw new DeskError('link.invalid')
      const before = await accountById(tx, personId)
      if (!before.active) throw new DeskError('link.invalid')

      await withdrawLinks(tx, personId)
      await tx
        .updateTable('people')
        .set({ password_hash: passwordHash, name: input.name ?? before.name })
        .where('id', '=', personId)
        .execute()
      const ended = await endSessions(tx, personId, 'passwordChanged')
      const left = await endReplaced(tx, replaced)
      const session = await createSession(tx, personId)
      const after = await accountById(tx, personId)
      // Whoever was signed in here is not told whose browser it is now.
      if (left.length > 0) await appendEvents(tx, null, null, left)
      const events = [...personEvents(before, after), ...ended]
      if (events.length > 0) await appendEvents(tx, personRef(after), null, events)
      return { ...session, personId }
    }),
  )
}
