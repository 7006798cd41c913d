import { mayManagePeople, normalEmail } from '@deskbell/contract'
import type { AuditContext } from '../audit/audit-context.ts'
import type { RecordAudit } from '../audit/record-audit.ts'
import type { Db, Tx } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import type { NewEvent } from '../log/append-events.ts'
import { change, lockPeople, transact } from '../log/change.ts'
import type { ChangeRequest } from '../log/change.ts'
import { accountById, personEvents } from './accounts.ts'
import { refuseUnconfirmed } from './confirm-session.ts'
import { issueLink, withdrawLinks } from './links.ts'
import type { IssuedLink } from './links.ts'

/** Issues a new invitation to a person who has not accepted one yet, otherwise a link that sets a new password once. */
export async function issuePasswordLink(
  db: Db,
  request: ChangeRequest,
  personId: string,
): Promise<{ link: IssuedLink | null }> {
  let link: IssuedLink | null = null
  await change(
    db,
    request,
    async (tx, actor, record) => {
      if (!mayManagePeople(actor)) throw new DeskError('forbidden')
      await refuseUnconfirmed(tx, actor)
      const issued = await issueFor(tx, record, personId)
      link = issued.link
      return { result: {}, events: issued.events }
    },
    { people: true },
  )
  return { link }
}

/** Issues a link without a session, for an operator with access to the server itself. */
export function issuePasswordLinkOnServer(
  db: Db,
  audit: AuditContext,
  email: string,
): Promise<IssuedLink> {
  return transact(db, audit, async (tx, record, append) => {
    await lockPeople(tx)
    const person = await tx
      .selectFrom('people')
      .select('id')
      .where((eb) => eb(eb.fn('lower', ['email']), '=', normalEmail(email)))
      .executeTakeFirst()
    if (person === undefined) throw new DeskError('not.found')
    const { link, events } = await issueFor(tx, record, person.id)
    await append(null, events)
    return link
  })
}

export async function withdrawPasswordLink(
  db: Db,
  request: ChangeRequest,
  personId: string,
): Promise<void> {
  await change(
    db,
    request,
    async (tx, actor, record) => {
      if (!mayManagePeople(actor)) throw new DeskError('forbidden')
      const before = await accountById(tx, personId)
      if (before.linkExpiresAt === null) return { result: {}, events: [] }
      await withdrawLinks(tx, personId)
      await record({ kind: 'link.withdrawn', subjectId: personId })
      return { result: {}, events: personEvents(before, await accountById(tx, personId)) }
    },
    { people: true },
  )
}

async function issueFor(
  tx: Tx,
  record: RecordAudit,
  personId: string,
): Promise<{ link: IssuedLink; events: NewEvent[] }> {
  const before = await accountById(tx, personId)
  if (!before.active) throw new DeskError('person.inactive')
  const kind = before.pending ? 'invitation' : 'password'
  const link = await issueLink(tx, kind, personId)
  await record({ kind: 'link.issued', subjectId: personId, details: { link: kind } })
  return { link, events: personEvents(before, await accountById(tx, personId)) }
}
