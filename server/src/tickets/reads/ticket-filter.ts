import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Reader, TicketFilter } from '@deskbell/contract'
import { visibleTo } from '../../access/readers.ts'

export type RefColumn = 'id' | 'number'

/** The column that a caller's reference to a ticket means. */
export function refColumn(ref: string): RefColumn {
  return ref.includes('-') ? 'id' : 'number'
}

/** The contract's matchesFilter, in SQL. */
export function filterConditions(reader: Reader, filter: TicketFilter): RawBuilder<boolean>[] {
  const { status, priority, assignee, creator } = filter
  return [
    visibleTo(reader),
    ...(status?.length ? [sql<boolean>`t.status = any(${[...status]}::status[])`] : []),
    ...(priority?.length ? [sql<boolean>`t.priority = any(${[...priority]}::priority[])`] : []),
    ...(creator === undefined
      ? []
      : [sql<boolean>`t.creator_id = ${creator === 'me' ? reader.id : creator}`]),
    ...(assignee === undefined ? [] : [assignedTo(reader, assignee)]),
  ]
}

function assignedTo(reader: Reader, assignee: string): RawBuilder<boolean> {
  if (assignee === 'none') return unassigned
  return sql`t.assignee_id = ${assignee === 'me' ? reader.id : assignee}`
}

/** No one who can act on it is assigned: a deactivated or demoted assignee does not count. */
export const unassigned: RawBuilder<boolean> = sql`not exists (
  select from people p where p.id = t.assignee_id and p.active and p.role <> 'sales')`
