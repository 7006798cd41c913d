import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { mayManagePeople } from '@deskbell/contract'
import type { Body } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { change } from '../log/change.ts'
import type { ChangeRequest } from '../log/change.ts'
import { accountById, personEvents } from './accounts.ts'
import { refuseUnconfirmed } from './confirm-session.ts'
import { issueLink } from './links.ts'
import type { IssuedLink } from './links.ts'
import { refuseTakenName } from './refuse-taken-name.ts'

interface Invited {
  id: string
  /** Only the first reply has it: the stored result of a change never contains a secret. */
  invitation: IssuedLink | null
}

export async function invite(
  db: Db,
  request: ChangeRequest,
  input: Body<'invite'>,
): Promise<Invited> {
  let invitation: IssuedLink | null = null
  const { id } = await change(
    db,
    request,
    async (tx, actor, record) => {
      if (!mayManagePeople(actor)) throw new DeskError('forbidden')
      await refuseUnconfirmed(tx, actor)
      // A person who already has this e-mail address is not another person with the same name.
      await refuseTakenName(tx, input.name, { email: input.email })
      const personId = uuidv7()
      const inserted = await tx
        .insertInto('people')
        .values({
          id: personId,
          email: input.email,
          name: input.name,
          role: input.role,
          password_hash: null,
        })
        .onConflict((conflict) => conflict.expression(sql`lower(email)`).doNothing())
        .returning('id')
        .executeTakeFirst()
      if (inserted === undefined) throw new DeskError('person.exists')

      await record({ kind: 'person.invited', subjectId: personId, details: { role: input.role } })
      invitation = await issueLink(tx, 'invitation', personId)
      await record({ kind: 'link.issued', subjectId: personId, details: { link: 'invitation' } })
      return {
        result: { id: personId },
        events: personEvents(undefined, await accountById(tx, personId)),
      }
    },
    { people: true },
  )
  return { id, invitation }
}
