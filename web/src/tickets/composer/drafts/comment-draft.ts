import { hasVisible } from '@deskbell/contract'
import type { Attachment } from '@deskbell/contract'

/** A comment before it is sent. */
export interface CommentDraft {
  /** Of the comment it becomes, so that it exists once however often it is sent. */
  id: string
  /** The ticket's, by which the draft is found when the ticket itself cannot be seen any more. */
  ticketNumber: number
  body: string
  internal: boolean
  /** Uploaded, and waiting to be sent with it. */
  attachments: readonly Attachment[]
  /** The version of the ticket that the writer knew on beginning. */
  seenVersion?: number
}

/** Nothing is written and nothing attached: there is nothing to send or to keep. */
export function isEmptyDraft({ body, attachments }: CommentDraft): boolean {
  return !hasVisible(body) && attachments.length === 0
}
