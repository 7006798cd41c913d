import { sql } from 'kysely'
import { isStaff } from '@deskbell/contract'
import type { PersonRef, Reader, TimelineItem } from '@deskbell/contract'
import type { Db, Tx } from '../database/types.ts'
import { iso } from '../database/iso.ts'
import { commentOf } from './comment-rows.ts'
import { refOf } from './lock-ticket.ts'

export interface Line {
  seq: number
  at: string
  kind: TimelineItem['kind']
  actor: PersonRef
  data: Record<string, unknown>
  comment: object | null
  people: PersonRef[]
}

/** A ticket's history as the reader sees it, after a position. Whether they may see the ticket is asked before. */
export async function timelineOf(
  db: Db | Tx,
  reader: Reader,
  ticketId: string,
  after = -1,
): Promise<TimelineItem[]> {
  const lines = await timelineRows(db, reader)
    .where('l.ticket_id', '=', ticketId)
    .where('l.seq', '>', after)
    .execute()
  return lines.map(toTimelineItem)
}

/** Lines `l` as the reader may see them. */
export function timelineRows(db: Db | Tx, reader: Reader) {
  return db
    .selectFrom('timeline as l')
    .innerJoin('people as p', 'p.id', 'l.actor_id')
    .leftJoin('comments as c', 'c.id', 'l.comment_id')
    .leftJoin('people as author', 'author.id', 'c.author_id')
    .select([
      'l.seq',
      iso('l.at').as('at'),
      sql<TimelineItem['kind']>`l.kind`.as('kind'),
      refOf('p').as('actor'),
      sql<Line['data']>`l.data`.as('data'),
      sql<Line['comment']>`case when c.id is not null then ${commentOf('c', 'author')} end`.as(
        'comment',
      ),
      sql<PersonRef[]>`case when l.people = '{}' then '[]' else (
        select coalesce(json_agg(${refOf('named')}), '[]') from people named where named.id = any(l.people)) end`.as(
        'people',
      ),
    ])
    .$if(!isStaff(reader.role), (query) => query.where('l.staff_only', '=', false))
    .orderBy('l.seq')
}

export function toTimelineItem({
  seq,
  at,
  kind,
  actor,
  data,
  comment,
  people,
}: Line): TimelineItem {
  const line = { seq, at, actor, kind }
  if (kind === 'comment') return { ...line, comment } as TimelineItem
  if (kind !== 'updated') return { ...line, ...data } as TimelineItem
  return { ...line, changes: withPeople(data['changes'] as LineChanges, people) } as TimelineItem
}

interface LineChanges {
  assignee?: { old: string | null; new: string | null }
  watchers?: { old: string[]; new: string[] }
}

/** The history keeps ids; the reader gets people as they are called today. */
function withPeople({ assignee, watchers, ...text }: LineChanges, people: PersonRef[]): object {
  const byId = new Map(people.map((person) => [person.id, person]))
  const one = (id: string | null) => (id === null ? null : (byId.get(id) ?? null))
  const all = (ids: string[]) => ids.flatMap((id) => byId.get(id) ?? [])
  return {
    ...text,
    ...(assignee && { assignee: { old: one(assignee.old), new: one(assignee.new) } }),
    ...(watchers && { watchers: { old: all(watchers.old), new: all(watchers.new) } }),
  }
}
