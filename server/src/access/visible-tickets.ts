import { sql } from 'kysely'
import type { Reader } from '@deskbell/contract'
import { statement } from '../database/statement.ts'
import type { Db } from '../database/types.ts'

/** The given tickets that a reader who is not staff may see now. */
export async function visibleTickets(
  db: Db,
  reader: Reader,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await visibleAmong(db, { reader: reader.id, ids })
  return new Set(rows.map(({ id }) => id))
}

const visibleAmong = statement(
  (_db, params: { reader: string; ids: readonly string[] }) => sql<{ id: string }>`
    select id from tickets where id = any(${params.ids}::uuid[]) and (
      creator_id = ${params.reader}::uuid
      or exists (select from watchers where ticket_id = tickets.id and person_id = ${params.reader}::uuid))`,
)
