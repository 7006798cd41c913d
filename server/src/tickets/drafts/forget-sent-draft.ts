import { sql } from 'kysely'
import type { DraftKind } from '@deskbell/contract'
import { now } from '../../database/now.ts'
import { firstRev, isSentIn, nextRev } from './save-draft.ts'

export interface SentText {
  authorId: string
  ticketId: string
  kind: DraftKind
  body: string
  attachmentIds: readonly string[]
}

/**
 * SQL that empties the draft which a comment was, and returns its new number; null if it was empty. A draft with anything
 * that the comment lacks is not touched: its author went on writing on another device. The number changes in any case, so
 * that a write which was under way does not bring the text back.
 */
export function forgetSentDraft({ authorId, ticketId, kind, body, attachmentIds }: SentText) {
  return sql<{ rev: number | null }>`(
    insert into drafts as d (person_id, ticket_id, kind, body, attachment_ids, rev, updated_at)
    values (${authorId}, ${ticketId}, ${kind}, '', '{}', ${firstRev}, ${now})
    on conflict (person_id, ticket_id, kind) do update
    set body = '', longer_body = null, attachment_ids = '{}', rev = ${nextRev}, updated_at = excluded.updated_at
    where lost_characters(d.body, ${body}) = 0 and d.attachment_ids <@ ${attachmentIds}::uuid[]
    returning case when exists (
      select from drafts o
      where o.person_id = d.person_id and o.ticket_id = d.ticket_id and o.kind = d.kind
        and (o.body <> '' or o.attachment_ids <> '{}')) then d.rev end as rev)`
}

/** SQL that removes a sent text from what can be brought back. */
export function forgetSentText({ authorId, ticketId, body }: SentText) {
  return sql<{ id: string }>`(
    delete from earlier_drafts
    where person_id = ${authorId} and ticket_id = ${ticketId} and ${isSentIn('body', sql`${body}::text`)}
    returning id)`
}
