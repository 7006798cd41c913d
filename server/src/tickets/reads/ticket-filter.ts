import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { fields, filterFields, isStaff } from '@deskbell/contract'
import type { Reader, TicketFilter } from '@deskbell/contract'
import { fieldColumn } from '../field-columns.ts'

export type RefColumn = 'id' | 'number'

/** The column that a caller's reference to a ticket means. */
export function refColumn(ref: string): RefColumn {
  return ref.includes('-') ? 'id' : 'number'
}

/** The contract's matchesFilter in SQL, without tags. With `creatorId`, this person has raised all tickets. */
export function filterConditions(
  reader: Reader,
  filter: TicketFilter,
  creatorId?: string,
): RawBuilder<boolean>[] {
  return [
    ...(filter.eyes === 'none' ? [lookedAtByNobody(reader)] : []),
    ...raisedBy(filter.creator === 'me' ? reader.id : filter.creator, creatorId),
    ...filterFields.flatMap((name) => {
      const wanted = filter[name]
      if (wanted === undefined || wanted.length === 0) return []
      if (name === 'assignee') return [assignedTo(reader, String(wanted))]
      return [sql<boolean>`${fieldColumn(name)} ${sql.raw(fields[name].filter.by)} any(${wanted})`]
    }),
  ]
}

function raisedBy(
  wanted: string | undefined,
  creatorId: string | undefined,
): RawBuilder<boolean>[] {
  if (wanted === undefined || wanted === creatorId) return []
  return [creatorId === undefined ? sql`t.creator_id = ${wanted}` : sql`false`]
}

function lookedAtByNobody(reader: Reader): RawBuilder<boolean> {
  return isStaff(reader.role) ? sql`t.id = any(array(${unlooked}))` : sql`false`
}

/** SQL for the ids of the active tickets that nobody of the staff has looked at. */
export const unlooked: RawBuilder<string> = sql`
  select ticket_id from ticket_eyes where active and not looked`

/** The first of them in the order of `pressing`, as an index has them. `after`: the place of the last one before. */
export function firstUnlooked(
  wanted: readonly RawBuilder<boolean>[],
  {
    priority,
    after,
    limit,
  }: {
    priority: TicketFilter['priority']
    after: readonly [key: string, number: number] | undefined
    limit: number
  },
): RawBuilder<string> {
  const conditions = [sql<boolean>`e.active and not e.looked`, ...wanted]
  if (after !== undefined)
    conditions.push(sql`(e.pressing, e.number) > (${after[0]}::smallint, ${after[1]}::integer)`)
  // The index knows these without the tickets.
  if (priority !== undefined && priority.length > 0)
    conditions.push(
      sql`e.pressing = any(array(select pressing(p) from unnest(${priority}::priority[]) p))`,
    )
  return sql`
    select e.ticket_id from ticket_eyes e join tickets t on t.id = e.ticket_id
    where ${sql.join(conditions, sql` and `)} order by e.pressing, e.number limit ${sql.lit(limit)}`
}

function assignedTo(reader: Reader, assignee: string): RawBuilder<boolean> {
  if (assignee === 'none') return unassigned
  return sql`t.assignee_id = ${assignee === 'me' ? reader.id : assignee}`
}

/** No one who can act on it is assigned: a deactivated or demoted assignee does not count. */
export const unassigned: RawBuilder<boolean> = sql`not exists (
  select from people p where p.id = t.assignee_id and p.active and p.role <> 'sales')`
