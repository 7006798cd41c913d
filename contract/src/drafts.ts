import { z } from 'zod'
import { limits } from './limits.ts'
import { GivenId, Id, Seq, Time } from './people.ts'
import { Attachment, CommentBody } from './tickets.ts'
import { draftKinds } from './vocabulary.ts'

export const DraftKind = z.enum(draftKinds)

/** The comment that a person is writing on a ticket, as the server has it. Only this person reads it. */
export const SavedDraft = z.strictObject({
  ticketId: Id,
  ticketNumber: z.int(),
  kind: DraftKind,
  /** Without text and files: it was sent or discarded. */
  body: z.string(),
  attachments: z.array(Attachment),
  /** Grows with every change. 0: there never was one. */
  rev: Seq,
  updatedAt: Time,
})

/** A text that was replaced or discarded. */
export const EarlierDraft = z.strictObject({ id: Id, body: z.string(), at: Time })

export const DraftInput = z.strictObject({
  body: CommentBody,
  attachmentIds: z.array(GivenId).max(limits.attachmentsPerComment).optional(),
  /** The `rev` on which the text is based; 0 when the writer knows of none. */
  rev: Seq,
})

/** What the server says of a person's drafts, to this person alone. A message that is lost is not repeated. */
export const draftEvents = {
  'draft:changed': z.strictObject({ ticketId: Id, kind: DraftKind, rev: Seq }),
} as const
export type DraftEventName = keyof typeof draftEvents
