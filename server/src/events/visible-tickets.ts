import type { Reader } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { snapshot } from './log-position.ts'

/** What someone who is not staff may see once everything up to `seq` has happened. */
export interface VisibleTickets {
  ids: ReadonlySet<string>
  seq: number
}

export function visibleTickets(db: Db, reader: Reader): Promise<VisibleTickets> {
  return snapshot(db, async (tx) => {
    const rows = await tx
      .selectFrom('tickets')
      .select('id')
      .where('creator_id', '=', reader.id)
      .union(tx.selectFrom('watchers').select('ticket_id as id').where('person_id', '=', reader.id))
      .execute()
    return { ids: new Set(rows.map(({ id }) => id)) }
  })
}
