import type { Reader } from '@deskbell/contract'
import type { Db } from '../database/types.ts'

/** The tickets someone who is not staff may see now. */
export async function visibleTickets(db: Db, reader: Reader): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('tickets')
    .select('id')
    .where('creator_id', '=', reader.id)
    .union(db.selectFrom('watchers').select('ticket_id as id').where('person_id', '=', reader.id))
    .execute()
  return new Set(rows.map(({ id }) => id))
}
