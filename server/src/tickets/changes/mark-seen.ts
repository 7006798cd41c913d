import { sql } from 'kysely'
import type { Db } from '../../database/types.ts'
import { change } from '../../log/change.ts'
import type { ChangeRequest } from '../../log/change.ts'
import { lockTicket } from './lock-ticket.ts'
import { newsFor, versionFor } from '../ticket.ts'

/**
 * Stores up to which event a person has seen a ticket. It only moves forward, and not past the newest visible event.
 */
export function markSeen(
  db: Db,
  request: ChangeRequest,
  id: string,
  seq: number,
): Promise<{ id: string }> {
  return change(db, request, async (tx, actor) => {
    // The ticket's lock also keeps this from crossing with append_events, which updates the same row.
    const { ticket } = await lockTicket(tx, actor, id)
    const version = versionFor(actor, ticket)
    // Who has seen the last news has seen the ticket.
    const seen = seq >= newsFor(actor, ticket) ? version : seq
    const moved = await tx
      .insertInto('seen')
      .values({ person_id: actor.id, ticket_id: id, seq: seen })
      .onConflict((conflict) =>
        conflict
          .columns(['person_id', 'ticket_id'])
          .doUpdateSet({ seq: seen })
          .where(sql.ref('seen.seq'), '<', seen),
      )
      .returning('seq')
      .executeTakeFirst()
    if (moved === undefined) return { result: { id }, events: [] }
    const data = { ticketId: id, seen }
    return {
      result: { id },
      events: [{ name: 'ticket:seen', ticketId: id, data, audience: 'people', people: [actor.id] }],
    }
  })
}
