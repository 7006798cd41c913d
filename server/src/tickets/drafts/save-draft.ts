import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { isStaff, limits } from '@deskbell/contract'
import type { DraftKind, Reader, Role, SavedDraft } from '@deskbell/contract'
import { visibleTo } from '../../access/readers.ts'
import { now } from '../../database/now.ts'
import { statement } from '../../database/statement.ts'
import type { Db } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import { withRetries } from '../../log/change.ts'
import { readDrafts } from './read-drafts.ts'

export interface DraftWrite {
  ticketId: string
  kind: DraftKind
  body: string
  attachmentIds: readonly string[]
  /** The number on which it is based. */
  rev: number
}

export interface DraftSaved {
  rev: number
  attachmentIds: string[]
  /** The server had another text, or none. */
  changed: boolean
}

/** The number of a draft that begins. */
export const firstRev = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`

/** The number of a draft that changes: it grows, also when the row was deleted meanwhile. */
export const nextRev = sql<number>`greatest(d.rev + 1, ${firstRev})`

/**
 * Stores what a person is writing. It takes no lock but that of the draft, and no part in the log. A text that would
 * overwrite one that the writer did not see is refused, unless it is the same; so is one that comes late, after it was sent.
 */
export async function saveDraft(db: Db, reader: Reader, write: DraftWrite): Promise<DraftSaved> {
  const { ticketId, kind, body } = write
  if (kind === 'note' && !isStaff(reader.role)) throw new DeskError('not.found')
  const params = { ...write, readerId: reader.id, earlierId: uuidv7() }
  const [row] = await withRetries(db, () => written(db, params, reader.role))
  if (row === undefined || !row.visible) throw new DeskError('not.found')
  const { attachmentIds } = row
  if (row.rev !== null) return { rev: row.rev, attachmentIds, changed: true }

  const [other] = await readDrafts(db, reader, { ticketId, kind })
  const { body: otherBody, attachments, rev } = other ?? nothing
  if (otherBody === body && attachments.map(({ id }) => id).join() === attachmentIds.join())
    return { rev, attachmentIds, changed: false }
  if (!row.fits) throw new DeskError('draft.tooMany')
  // It ended between the two statements.
  if (other === undefined) throw new DeskError('not.found')
  throw new DeskError('draft.differs', { draft: other })
}

const nothing = { body: '', attachments: [], rev: 0 } satisfies Partial<SavedDraft>

/** A comparison of long texts takes time: the newest ones are enough. */
const comparedTexts = 5

/** SQL for whether a text was sent as another one, but for a correction. */
export function isSentIn(text: string, sent: RawBuilder<unknown> | string) {
  const [old, other] = [sql.ref(text), typeof sent === 'string' ? sql.ref(sent) : sent]
  return sql<boolean>`lost_characters(${old}, ${other}) <= least(20, length(${old}) / 2)`
}

interface Written {
  visible: boolean
  fits: boolean
  /** Null: it was not stored. */
  rev: number | null
  attachmentIds: string[]
}

/** SQL for whether a draft is discarded: this is possible also where the person may not see the ticket any more. */
function isEmpty({ body, attachmentIds }: DraftWrite) {
  return sql<boolean>`(${body} = '' and cardinality(${attachmentIds}::uuid[]) = 0)`
}

type Params = DraftWrite & { readerId: string; earlierId: string }

/**
 * `old` is locked before the row is written, because the new row is joined to it. The old text is kept when the new one
 * lacks more than a few words of it, or all of it, unless it stands elsewhere.
 */
const written = statement(
  (_db, params: Params, role: Role) => sql<Written>`
    with ticket as (
      select t.id from tickets t
      where t.id = ${params.ticketId} and (${visibleTo({ id: params.readerId, role })}
        or ${isEmpty(params)} and exists (
          select from drafts o
          where o.person_id = ${params.readerId} and o.ticket_id = t.id and o.kind = ${params.kind}))
    ), old as (
      select body, case when length(${params.body}) < length(body) then coalesce(longer_body, body) end as longer
      from drafts
      where person_id = ${params.readerId} and ticket_id = ${params.ticketId} and kind = ${params.kind}
      for update
    ), room as (
      select ${isEmpty(params)} or (
          count(*) < ${sql.lit(limits.savedDraftsPerPerson)}
          and coalesce(sum(octet_length(body)), 0) + octet_length(${params.body}) <= ${sql.lit(limits.savedDraftBytesPerPerson)}
        ) as fits,
        coalesce(sum(octet_length(longer_body)), 0) as longer_bytes
      from drafts
      where person_id = ${params.readerId} and (ticket_id, kind) <> (${params.ticketId}::uuid, ${params.kind})
        and (body <> '' or attachment_ids <> '{}')
    ), files as (
      select array(
        select f.id from attachments f
        where f.id = any(${params.attachmentIds}::uuid[]) and f.draft
          and f.uploader_id = ${params.readerId} and f.ticket_id = ${params.ticketId}
        order by array_position(${params.attachmentIds}::uuid[], f.id)
      ) as ids
    ), saved as (
      insert into drafts as d (person_id, ticket_id, kind, body, attachment_ids, rev, updated_at)
      select ${params.readerId}, ticket.id, ${params.kind}, ${params.body}, files.ids,
        ${firstRev}, ${now}
      from ticket cross join files cross join room left join old on true
      where room.fits and (old.body is not null or ${params.body} <> '' or files.ids <> '{}')
      on conflict (person_id, ticket_id, kind) do update
      set body = excluded.body, attachment_ids = excluded.attachment_ids, rev = ${nextRev},
        updated_at = excluded.updated_at,
        longer_body = case when excluded.body <> '' then (
          select longer from old, room
          where longer_bytes + octet_length(longer) <= ${sql.lit(limits.earlierDraftBytesPerPerson)}) end
      where d.rev = ${params.rev} and (d.body <> excluded.body or d.attachment_ids <> excluded.attachment_ids)
      returning d.rev, d.body
    ), kept as (
      insert into earlier_drafts (id, person_id, ticket_id, kind, body, at)
      select ${params.earlierId}, ${params.readerId}, ${params.ticketId}, ${params.kind}, before, ${now}
      from old, saved, lateral coalesce(old.longer, old.body) as before, lateral lost_characters(before, saved.body) as lost
      where before ~ '\\S' and (lost > 20 or lost = length(before))
        and not exists (
          select from drafts o
          where o.person_id = ${params.readerId} and o.ticket_id = ${params.ticketId} and o.kind <> ${params.kind}
            and lost_characters(before, o.body) = 0)
        and not exists (
          select from (
            select body from earlier_drafts
            where person_id = ${params.readerId} and ticket_id = ${params.ticketId}
            order by at desc limit ${sql.lit(comparedTexts)}) e
          where lost_characters(before, e.body) = 0)
        and not exists (
          select from (
            select body from comments
            where ticket_id = ${params.ticketId} and author_id = ${params.readerId}
              and created_at > now() - interval '1 day'
            order by created_at desc limit ${sql.lit(comparedTexts)}) c
          where ${isSentIn('before', 'c.body')})
      returning octet_length(body) as bytes
    ), trimmed as (
      delete from earlier_drafts where id in (
        select id from kept, (
          select id, row_number() over (order by at desc, id desc) as place,
            row_number() over (partition by ticket_id order by at desc, id desc) as place_on_ticket,
            sum(octet_length(body)) over (order by at desc, id desc) as bytes
          from earlier_drafts where person_id = ${params.readerId}) e
        where place >= ${sql.lit(limits.earlierDraftsPerPerson)} or place_on_ticket >= ${sql.lit(limits.earlierDrafts)}
          or e.bytes + kept.bytes > ${sql.lit(limits.earlierDraftBytesPerPerson)})
    )
    select exists (select from ticket) as visible, room.fits, saved.rev, files.ids as "attachmentIds"
    from room cross join files left join saved on true`,
)
