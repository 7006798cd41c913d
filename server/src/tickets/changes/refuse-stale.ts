import { sql } from 'kysely'
import type { FieldName } from '@deskbell/contract'
import type { Tx } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import type { PersonActor } from '../../access/actor.ts'
import { ticketItem } from '../reads/read-tickets.ts'
import { versionFor } from '../ticket.ts'
import type { Ticket } from '../ticket.ts'

/**
 * Refuses a write to a field that someone else changed after the version it is based on. Other fields do not matter.
 */
export async function refuseStale(
  tx: Tx,
  actor: PersonActor,
  ticket: Ticket,
  field: FieldName,
  version: number | undefined,
): Promise<void> {
  if (version === undefined || version >= versionFor(actor, ticket)) return

  const changed = await tx
    .selectFrom('timeline')
    .select('seq')
    .where('ticket_id', '=', ticket.id)
    .where('seq', '>', version)
    .where('actor_id', 'is distinct from', actor.id)
    .where(sql<boolean>`(kind = ${field} or data -> 'changes' ? ${field})`)
    .executeTakeFirst()
  if (changed === undefined) return

  const { ticket: current } = await ticketItem(tx, actor, ticket.id)
  throw new DeskError('ticket.changed', { field, current: ticket[field], ticket: current })
}
