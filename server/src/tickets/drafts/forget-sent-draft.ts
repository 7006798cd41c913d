import { sql } from 'kysely'
import type { DraftKind } from '@deskbell/contract'
import { now } from '../../database/now.ts'
import { isSentIn, nextRev } from './save-draft.ts'

export interface SentText {
  authorId: string
  ticketId: string
  kind: DraftKind
  body: string
  attachmentIds: readonly string[]
}

/**
 * SQL that empties the draft which a comment was, and returns its new number. A draft with anything that the comment lacks
 * is not touched: its author went on writing on another device.
 */
export function forgetSentDraft({ authorId, ticketId, kind, body, attachmentIds }: SentText) {
  return sql<{ rev: number }>`(
    update drafts d set body = '', longer_body = null, attachment_ids = '{}', rev = ${nextRev}, updated_at = ${now}
    where person_id = ${authorId} and ticket_id = ${ticketId} and kind = ${kind} and lost_characters(d.body, ${body}) = 0
      and attachment_ids <@ ${attachmentIds}::uuid[] and (body <> '' or attachment_ids <> '{}')
    returning rev)`
}

/** SQL that removes a sent text from what can be brought back. */
export function forgetSentText({ authorId, ticketId, body }: SentText) {
  return sql<{ id: string }>`(
    delete from earlier_drafts
    where person_id = ${authorId} and ticket_id = ${ticketId} and ${isSentIn('body', sql`${body}::text`)}
    returning id)`
}
