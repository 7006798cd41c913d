import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { isStaff, limits } from '@deskbell/contract'
import type { ActorRef, Attachment, PersonRef, Reader, TimelineItem } from '@deskbell/contract'
import type { Db, Tx } from '../../database/types.ts'
import { iso } from '../../database/iso.ts'
import { attachmentRows } from './attachment-rows.ts'
import { commentOf } from './comment-rows.ts'
import { refOf } from '../changes/lock-ticket.ts'

export interface Line {
  seq: number
  at: string
  kind: TimelineItem['kind']
  actor: ActorRef
  data: Record<string, unknown>
  comment: object | null
  people: PersonRef[]
  files: Attachment[]
  /** Number of lines found for the page: at most one more than its limit. */
  found: number
}

/** The lines of a ticket's history that make a page. Callers check that the reader may see the ticket. */
interface Page {
  ticketId: RawBuilder<unknown>
  /** The newest lines, the lines before a position, or the lines from a position on. */
  side: 'newest' | { before: RawBuilder<unknown> } | { from: RawBuilder<unknown> }
  limit: RawBuilder<number>
  bytes?: number
  /** Conditions on line `n` and its comment `b`. */
  where?: readonly RawBuilder<boolean>[]
}

/**
 * The lines of a page in order, as the reader may see them. They are chosen by count and size before any text is read:
 * at least one, and more as long as they fit.
 */
export function timelinePage(db: Db | Tx, reader: Reader, page: Page) {
  return timelineRows(db, reader)
    .innerJoin(chosenLines(db, reader, page).as('page'), 'page.seq', 'l.seq')
    .select('page.found')
    .orderBy('l.seq')
}

function chosenLines(
  db: Db | Tx,
  reader: Reader,
  { ticketId, side, limit, bytes = limits.timelinePageBytes, where = [] }: Page,
) {
  const direction = side !== 'newest' && 'from' in side ? sql`asc` : sql`desc`
  let nearest = db
    .selectFrom('timeline as n')
    .leftJoin('comments as b', 'b.id', 'n.comment_id')
    .select(['n.seq', bytesOfLine.as('bytes')])
    .where(sql<boolean>`n.ticket_id = ${ticketId}`)
    .orderBy(sql`n.seq ${direction}`)
    .limit(sql<number>`${limit} + 1`)
  if (!isStaff(reader.role)) nearest = nearest.where('n.staff_only', '=', false)
  if (side !== 'newest')
    nearest = nearest.where(
      'before' in side ? sql<boolean>`n.seq < ${side.before}` : sql<boolean>`n.seq >= ${side.from}`,
    )
  for (const condition of where) nearest = nearest.where(condition)

  const counted = db
    .selectFrom(nearest.as('near'))
    .select([
      'near.seq',
      sql<number>`row_number() over (order by near.seq ${direction})`.as('place'),
      sql<number>`sum(near.bytes) over (order by near.seq ${direction})`.as('bytes'),
      sql<number>`count(*) over ()`.as('found'),
    ])
  return db
    .selectFrom(counted.as('counted'))
    .select(['counted.seq', 'counted.found'])
    .where(sql<boolean>`place <= ${limit} and (place = 1 or bytes <= ${bytes})`)
}

/** The size of a text is known without reading it. Of the other lines, only those with texts or people are large. */
const bytesOfLine = sql<number>`512 + coalesce(octet_length(b.body), 0)
  + coalesce((select sum(512 + octet_length(f.name)) from attachments f where f.comment_id = n.comment_id), 0)
  + case when n.kind = 'updated' then octet_length(n.data::text) + 300 * cardinality(n.people) else 0 end`

/** Lines `l`, as the reader may see them. */
function timelineRows(db: Db | Tx, reader: Reader) {
  return db
    .selectFrom('timeline as l')
    .leftJoin('people as p', 'p.id', 'l.actor_id')
    .leftJoin('comments as c', 'c.id', 'l.comment_id')
    .leftJoin('people as author', 'author.id', 'c.author_id')
    .select([
      'l.seq',
      iso('l.at').as('at'),
      sql<TimelineItem['kind']>`l.kind`.as('kind'),
      sql<ActorRef>`case when l.system is null then json_build_object('kind', 'person', 'person', ${refOf('p')})
        else json_build_object('kind', 'system', 'name', l.system) end`.as('actor'),
      sql<Line['data']>`l.data`.as('data'),
      sql<Line['comment']>`case when c.id is not null then ${commentOf('c', 'author')} end`.as(
        'comment',
      ),
      sql<PersonRef[]>`case when l.people = '{}' then '[]' else (
        select coalesce(json_agg(${refOf('named')}), '[]') from people named where named.id = any(l.people)) end`.as(
        'people',
      ),
      filesOfLine(db, reader).as('files'),
    ])
    .$if(!isStaff(reader.role), (query) => query.where('l.staff_only', '=', false))
}

/** The files of a comment, or the file that the line is about. */
function filesOfLine(db: Db | Tx, reader: Reader) {
  const files = attachmentRows(db)
    .$if(!isStaff(reader.role), (query) => query.where('f.internal', '=', false))
    .orderBy('f.id')
  const ofComment = files.where(sql<boolean>`f.comment_id = l.comment_id`)
  const ofLine = files.where(sql<boolean>`f.id = (l.data ->> 'attachmentId')::uuid`)
  return sql<Attachment[]>`case l.kind
    when 'comment' then ${jsonArrayFrom(ofComment)}
    when 'attachmentAdded' then ${jsonArrayFrom(ofLine)}
    else '[]' end`
}

/** Converts lines to the contract's items, with their files. */
export function toTimeline(lines: readonly Line[]): {
  items: TimelineItem[]
  attachments: Attachment[]
} {
  return {
    items: lines.map(toTimelineItem),
    attachments: lines.flatMap(({ files }) => files),
  }
}

/** Whether there are more lines than those of the page. */
export function hasMore(lines: readonly Line[]): boolean {
  return (lines[0]?.found ?? 0) > lines.length
}

function toTimelineItem({ seq, at, kind, actor, data, comment, people }: Line): TimelineItem {
  const line = { seq, at, actor, kind }
  if (kind === 'comment') return { ...line, comment } as TimelineItem
  if (kind !== 'updated') return { ...line, ...data } as TimelineItem
  return { ...line, changes: withPeople(data['changes'] as LineChanges, people) } as TimelineItem
}

interface LineChanges {
  assignee?: { old: string | null; new: string | null }
  watchers?: { old: string[]; new: string[] }
}

/** The history stores ids; the reader gets people with their current names. */
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
