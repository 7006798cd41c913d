import { sql } from 'kysely'
import { isStaff, limits, mentionedIn } from '@deskbell/contract'
import type { PersonActor } from '../../access/actor.ts'
import { statement } from '../../database/statement.ts'
import type { Tx } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'

/**
 * The people whom a text mentions and the text before it did not. Throws when a text mentions too many, and the same error
 * for an id of nobody, of somebody inactive, and of somebody whom the writer may not know. Nobody is deactivated at the same
 * time: every change holds the people lock.
 */
export async function refuseMentions(
  tx: Tx,
  actor: PersonActor,
  text: string | undefined,
  before = '',
): Promise<string[]> {
  if (text === undefined) return []
  const mentioned = mentionedIn(text)
  if (mentioned.length > limits.mentions) throw new DeskError('mention.tooMany')
  const old = mentionedIn(before)
  const ids = mentioned.filter((id) => !old.includes(id))
  if (ids.length === 0) return []
  const known = await mentionable(tx, { ids, actorId: actor.id, staff: isStaff(actor.role) })
  if (known.length < ids.length) throw new DeskError('mention.unavailable')
  return ids
}

const mentionable = statement(
  (_db, params: { ids: readonly string[]; actorId: string; staff: boolean }) => sql<{ id: string }>`
    select id from people p
    where id = any(${params.ids}::uuid[]) and active and (${params.staff} or id = ${params.actorId} or exists (
      select from acquaintances where person_id = p.id and reader_id = ${params.actorId}))`,
)
