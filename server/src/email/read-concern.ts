import { sql } from 'kysely'
import { isStaff } from '@deskbell/contract'
import type { EmailReason, Role } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { deskSettingsIn } from '../settings/desk-settings.ts'
import type { TicketItem } from './ticket-mails.ts'

/** What of a ticket concerns a person and is not seen yet. */
export interface Concern {
  person: { id: string; name: string; email: string }
  ticket: { id: string; number: number; title: string }
  /** The oldest first. */
  news: readonly News[]
}

export interface News {
  reason: EmailReason
  /** Who did it, by today's name; null: Deskbell itself. */
  by: string | null
  /** The comment that it is, if it is one. */
  comment: { internal: boolean; body: string | null } | null
}

/**
 * Reads what is still to be told, under the rights of now: nothing that was seen or done meanwhile, of a ticket that is muted or
 * snoozed, for a reason that the person opted out of, or in a comment that is removed. The text of a note is null unless
 * the desk allows it. Undefined: nothing is left.
 */
export async function readConcern(
  db: Db,
  items: readonly TicketItem[],
): Promise<Concern | undefined> {
  const [first] = items
  const found = first && (await personAndTicket(db, first))
  if (found === undefined) return undefined
  const { person, ticket, unread, optedOut } = found
  const left = items.filter(({ seq, reason }) => unread.includes(seq) && !optedOut.includes(reason))
  const [comments, names, settings] = await Promise.all([
    commentsOf(db, left),
    namesOf(db, left),
    deskSettingsIn(db),
  ])
  const news = left
    .toSorted((a, b) => a.seq - b.seq)
    .flatMap(({ reason, byId, commentId }): News[] => {
      const by = byId === null ? null : (names.get(byId) ?? null)
      if (commentId === null) return [{ reason, by, comment: null }]
      const comment = comments.get(commentId)
      if (comment === undefined || (comment.internal && !isStaff(person.role))) return []
      const body = comment.internal && !settings.emailNotes ? null : comment.body
      return [{ reason, by, comment: { internal: comment.internal, body } }]
    })
  return news.length === 0 ? undefined : { person, ticket, news }
}

async function personAndTicket(db: Db, { personId, ticketId }: TicketItem) {
  const row = await db
    .selectFrom('people as p')
    .innerJoin('inbox as n', 'n.person_id', 'p.id')
    .innerJoin('tickets as t', 't.id', 'n.ticket_id')
    .select(['p.id', 'p.name', 'p.email', 'p.role', 't.number', 't.title', 'n.notification'])
    .select(
      sql<string[]>`array(select reason from email_opt_outs o where o.person_id = p.id)`.as(
        'optedOut',
      ),
    )
    .where('p.id', '=', personId)
    .where('t.id', '=', ticketId)
    .where('p.active', '=', true)
    .where('n.done', '=', false)
    .where('n.snoozed_until', 'is', null)
    .where(
      sql<boolean>`(p.role <> 'sales' or exists (
        select from ticket_readers r where r.ticket_id = t.id and r.person_id = p.id))`,
    )
    .executeTakeFirst()
  if (row === undefined || row.notification.muted) return undefined
  const { id, name, email, role, number, title, notification, optedOut } = row
  return {
    person: { id, name, email, role: role as Role },
    ticket: { id: ticketId, number, title },
    unread: notification.unread,
    optedOut,
  }
}

async function commentsOf(db: Db, items: readonly TicketItem[]) {
  const ids = items.flatMap(({ commentId }) => (commentId === null ? [] : [commentId]))
  if (ids.length === 0) return new Map<string, { internal: boolean; body: string }>()
  const rows = await db
    .selectFrom('comments')
    .select(['id', 'internal', 'body'])
    .where('id', 'in', ids)
    .where('deleted_at', 'is', null)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

async function namesOf(db: Db, items: readonly TicketItem[]): Promise<Map<string, string>> {
  const ids = items.flatMap(({ byId }) => (byId === null ? [] : [byId]))
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('people').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
