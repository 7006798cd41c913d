import { hasVisible } from '@deskbell/contract'
import type { Attachment } from '@deskbell/contract'

/** A comment before it is sent. */
export interface CommentDraft {
  /** The id of the future comment: however often the draft is sent, it creates one comment. */
  id: string
  /** The number of the ticket, which finds the draft even when the ticket itself is no longer visible. */
  ticketNumber: number
  body: string
  internal: boolean
  /** Uploaded files that will be sent with the comment. */
  attachments: readonly Attachment[]
  /** The ticket's version when the writer began. */
  seenVersion?: number
}

/** Whether the draft has neither text nor files: there is nothing to send or to keep. */
export function isEmptyDraft({ body, attachments }: CommentDraft): boolean {
  return !hasVisible(body) && attachments.length === 0
}
