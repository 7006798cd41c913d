import type { Draft } from '@deskbell/client'
import { hasVisible } from '@deskbell/contract'

/** A comment before it is sent. However often it is sent, its id creates one comment. */
export type CommentDraft = Draft

/** Whether the draft has neither text nor files: there is nothing to send or to keep. */
export function isEmptyDraft({ body, attachments }: CommentDraft): boolean {
  return !hasVisible(body) && attachments.length === 0
}
