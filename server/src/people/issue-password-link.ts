import { mayManagePeople, normalEmail } from '@deskbell/contract'
import type { Db, Tx } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import type { NewEvent } from '../events/append-events.ts'
import { appendEvents } from '../events/append-events.ts'
import { change, lockPeople, withRetries } from '../events/change.ts'
import type { Command } from '../events/change.ts'
import { accountById, personEvents } from './accounts.ts'
import { issueLink, withdrawLinks } from './links.ts'
import type { IssuedLink } from './links.ts'

/** A new invitation for someone who has not accepted yet, else a one-use link to set a new password. */
export async function issuePasswordLink(
  db: Db,
  command: Command,
  personId: string,
): Promise<{ link: IssuedLink | null }> {
  let link: IssuedLink | null = null
  await change(
    db,
    command,
    async (tx, actor) => {
      if (!mayManagePeople(actor)) throw new DeskError('forbidden')
      const issued = await issueFor(tx, personId)
      link = issued.link
      return { made: {}, events: issued.events }
    },
    { people: true },
  )
  return { link }
}

/** The way back in for whoever can reach the server itself: no session is needed. */
export function issuePasswordLinkOnServer(db: Db, email: string): Promise<IssuedLink> {
  return withRetries(() =>
    db.transaction().execute(async (tx) => {
      await lockPeople(tx)
      const person = await tx
        .selectFrom('people')
        .select('id')
        .where((eb) => eb(eb.fn('lower', ['email']), '=', normalEmail(email)))
        .executeTakeFirst()
      if (person === undefined) throw new DeskError('not.found')
      const { link, events } = await issueFor(tx, person.id)
      await appendEvents(tx, null, null, events)
      return link
    }),
  )
}

export async function withdrawPasswordLink(
  db: Db,
  command: Command,
  personId: string,
): Promise<void> {
  await change(
    db,
    command,
    async (tx, actor) => {
      if (!mayManagePeople(actor)) throw new DeskError('forbidden')
      const before = await accountById(tx, personId)
      if (before.linkExpiresAt === null) return { made: {}, events: [] }
      await withdrawLinks(tx, personId)
      return { made: {}, events: personEvents(before, await accountById(tx, personId)) }
    },
    { people: true },
  )
}

async function issueFor(
  tx: Tx,
  personId: string,
): Promise<{ link: IssuedLink; events: NewEvent[] }> {
  const before = await accountById(tx, personId)
  if (!before.active) throw new DeskError('person.inactive')
  const link = await issueLink(tx, before.pending ? 'invitation' : 'password', personId)
  return { link, events: personEvents(before, await accountById(tx, personId)) }
}
