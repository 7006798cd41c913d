import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { isStaff, limits } from '@deskbell/contract'
import type { Eyes, Reader, Receipt, TicketLooks } from '@deskbell/contract'
import { iso } from '../../database/iso.ts'
import { statement } from '../../database/statement.ts'
import type { Db } from '../../database/types.ts'
import { refOf } from '../changes/lock-ticket.ts'

/** Who has looked at a ticket, before it is rendered for a reader. */
interface Looks {
  /** Of everyone who reads the ticket and shows it. */
  receipts: readonly Receipt[]
  people: number
  lastAt: string | null
  since: string
  /** When the first of the staff looked at what was last asked. */
  firstAt: string | null
}

/**
 * Who is not staff learns only when the first of the staff looked at what they last wrote: later looks may be at internal
 * notes. Who does not show how far they have seen tickets sees nobody's.
 */
export function looksFor(
  reader: Reader,
  looks: Looks,
  showsReceipts: boolean,
): { seenBy: Receipt[]; eyes: Eyes } {
  const { receipts, people, lastAt, since, firstAt } = looks
  if (!isStaff(reader.role)) return { seenBy: [], eyes: { lastAt: firstAt } }
  const seenBy = showsReceipts ? receipts.filter(({ person }) => person.id !== reader.id) : []
  return { seenBy, eyes: { people, lastAt, since } }
}

/** SQL for whether a person shows how far they have seen tickets. */
export function showsReceipts(person: string): RawBuilder<boolean> {
  return sql`coalesce((${sql.ref(`${person}.settings`)} ->> 'receipts')::boolean, true)`
}

/** SQL for who has looked at ticket `t`. */
export const looksOfTicket: RawBuilder<Looks> = sql`(
  select json_build_object(
    'receipts', coalesce((
      select json_agg(json_build_object('person', ${refOf('p')}, 'seq', p.seq, 'at', ${iso('p.at')})
        order by p.seq desc, p.id)
      from (
        select p.*, s.seq, s.at from seen s join people p on p.id = s.person_id
        where s.ticket_id = t.id and s.seq > 0 and p.active and ${showsReceipts('p')}
          and (p.role <> 'sales' or exists (
            select from ticket_readers r where r.ticket_id = t.id and r.person_id = p.id))
        order by s.seq desc, p.id limit ${sql.lit(limits.receipts)}
      ) p), '[]'),
    'people', k.people, 'lastAt', ${iso('k.last_at')}, 'since', ${iso('k.since')}, 'firstAt', ${iso('k.first_at')})
  from (
    select count(s.person_id) as people, max(s.looked_at) as last_at,
      coalesce(max(e.asked_at), t.created_at) as since, max(e.looked_at) as first_at
    from (select) one
    left join ticket_eyes e on e.ticket_id = t.id
    left join seen s on s.ticket_id = t.id and s.looked >= e.asked
  ) k)`

/** Who has looked at these tickets, as each of these people may know it, as of one position. */
export async function readLooks(
  db: Db,
  ticketIds: readonly string[],
  personIds: readonly string[],
): Promise<(ticketId: string, reader: Reader) => TicketLooks | undefined> {
  const [read] = await looksNow(db, { ticketIds, personIds })
  if (read === undefined) throw new Error('the log has one row')
  const { seq, tickets } = read
  const showing = new Set(read.showing)
  const all = new Map(tickets.map(({ id, looks }) => [id, looks]))
  return (ticketId, reader) => {
    const looks = all.get(ticketId)
    return looks && { ticketId, seq, ...looksFor(reader, looks, showing.has(reader.id)) }
  }
}

interface Asked {
  ticketIds: readonly string[]
  personIds: readonly string[]
}

const looksNow = statement(
  (_db, params: Asked) => sql<{
    seq: number
    tickets: { id: string; looks: Looks }[]
    showing: string[]
  }>`
    select (select head from log) as seq,
      coalesce((select json_agg(json_build_object('id', t.id, 'looks', ${looksOfTicket}))
        from tickets t where t.id = any(${params.ticketIds}::uuid[])), '[]') as tickets,
      array(select p.id from people p where p.id = any(${params.personIds}::uuid[]) and ${showsReceipts('p')}) as showing`,
)
