import { mayManagePeople } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { change } from '../log/change.ts'
import type { ChangeRequest } from '../log/change.ts'
import { accountById } from './accounts.ts'
import { endSessions } from './sessions.ts'

/** Signs a person out everywhere. */
export async function endSessionsOf(db: Db, request: ChangeRequest, id: string): Promise<void> {
  await change(
    db,
    request,
    async (tx, actor, record) => {
      if (!mayManagePeople(actor)) throw new DeskError('forbidden')
      await accountById(tx, id)
      return { result: {}, events: await endSessions(tx, record, id, 'ended') }
    },
    { people: true },
  )
}
