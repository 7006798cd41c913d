import { sql } from 'kysely'
import type { FieldName } from '@deskbell/contract'
import type { Tx } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import type { PersonActor } from '../../access/actor.ts'
import { ticketItem } from '../reads/read-tickets.ts'
import { versionFor } from '../ticket.ts'
import type { Ticket } from '../ticket.ts'

/** What a write is based on: a version that the writer saw, or the event that the write takes back. */
export interface Base {
  version?: number | undefined
  undoes?: number | undefined
}

/**
 * Refuses a write to a field that someone else changed after the version it is based on, and an undo of a field that
 * anyone changed after the undone event: what the same person did elsewhere since is no part of it. Other fields do not
 * matter.
 */
export async function refuseStale(
  tx: Tx,
  actor: PersonActor,
  ticket: Ticket,
  field: FieldName,
  { version, undoes }: Base,
): Promise<void> {
  const since = undoes ?? version
  if (since === undefined || since >= versionFor(actor, ticket)) return

  const changed = await tx
    .selectFrom('timeline')
    .select('seq')
    .where('ticket_id', '=', ticket.id)
    .where('seq', '>', since)
    .$if(undoes === undefined, (query) => query.where('actor_id', 'is distinct from', actor.id))
    .where(sql<boolean>`(kind = ${field} or data -> 'changes' ? ${field})`)
    .executeTakeFirst()
  if (changed === undefined) return

  const { ticket: current } = await ticketItem(tx, actor, ticket.id)
  throw new DeskError('ticket.changed', { field, current: ticket[field], ticket: current })
}

/** Refuses an undo of a change of tags if anyone added or removed one of these since. */
export async function refuseStaleTags(
  tx: Tx,
  actor: PersonActor,
  ticket: Ticket,
  tagIds: readonly string[],
  undoes: number | undefined,
): Promise<void> {
  if (undoes === undefined || undoes >= versionFor(actor, ticket)) return

  const changed = await tx
    .selectFrom('timeline')
    .select('seq')
    .where('ticket_id', '=', ticket.id)
    .where('seq', '>', undoes)
    .where(
      sql<boolean>`(data #> '{changes,tags,added}' ?| ${tagIds}::text[]
        or data #> '{changes,tags,removed}' ?| ${tagIds}::text[])`,
    )
    .executeTakeFirst()
  if (changed === undefined) return

  const { ticket: current } = await ticketItem(tx, actor, ticket.id)
  throw new DeskError('ticket.changed', { field: 'tags', current: current.tags, ticket: current })
}
