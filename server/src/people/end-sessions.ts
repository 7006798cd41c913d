import { mayManagePeople } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { change } from '../events/change.ts'
import type { Command } from '../events/change.ts'
import { accountById } from './accounts.ts'
import { endSessions } from './sessions.ts'

/** Signs someone out everywhere. */
export async function endSessionsOf(db: Db, command: Command, id: string): Promise<void> {
  await change(
    db,
    command,
    async (tx, actor, record) => {
      if (!mayManagePeople(actor)) throw new DeskError('forbidden')
      await accountById(tx, id)
      return { made: {}, events: await endSessions(tx, record, id, 'ended') }
    },
    { people: true },
  )
}
