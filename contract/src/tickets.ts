import { z } from 'zod'
import { Id, PersonRef, Seq, Time } from './people.ts'
import { limits } from './limits.ts'
import { oneLine, prose } from './text-schemas.ts'
import { priorities, statuses } from './vocabulary.ts'

export const StatusName = z.enum(statuses)
export const PriorityName = z.enum(priorities)

/** A ticket as a row of a list. Counts, `updatedAt` and `version` are those of what the reader may see. */
export const TicketRow = z.strictObject({
  id: Id,
  /** The number people say aloud: #1042. */
  number: z.int(),
  title: z.string(),
  status: StatusName,
  priority: PriorityName,
  creator: PersonRef,
  assignee: PersonRef.nullable(),
  commentCount: z.int(),
  attachmentCount: z.int(),
  createdAt: Time,
  updatedAt: Time,
  /** Position of the last event on this ticket that the reader may see. */
  version: Seq,
})

/** A row, and how far the reader has seen it: unseen while `seen < version`. */
export const TicketItem = TicketRow.extend({ seen: Seq })

/** Everything about a ticket but its timeline and files. */
export const Ticket = TicketRow.extend({
  description: z.string(),
  watchers: z.array(PersonRef),
})

/** What of a ticket decides which views it is in: carried by events as it was before. */
export const FilterFields = z.strictObject({
  status: StatusName,
  priority: PriorityName,
  assignee: PersonRef.nullable(),
})

export const Comment = z.strictObject({
  id: Id,
  author: PersonRef,
  /** Markdown; empty once removed. */
  body: z.string(),
  /** An internal note: staff only. */
  internal: z.boolean(),
  createdAt: Time,
  editedAt: Time.nullable(),
  /** Who corrected it last, when that was not its author. */
  editedBy: PersonRef.nullable(),
  deletedAt: Time.nullable(),
})

export const Attachment = z.strictObject({
  id: Id,
  /** The comment it came with, or null when attached to the ticket itself. */
  commentId: Id.nullable(),
  name: z.string(),
  /** Sniffed from the content, never taken from the sender. */
  type: z.string(),
  /** Bytes. */
  size: z.int(),
  internal: z.boolean(),
  /** Shown in the page: the type is an image a browser renders safely. */
  image: z.boolean(),
  uploader: PersonRef,
  createdAt: Time,
})

export const Changes = z.strictObject({
  title: z.strictObject({ old: z.string(), new: z.string() }).optional(),
  description: z.strictObject({ old: z.string(), new: z.string() }).optional(),
  assignee: z.strictObject({ old: PersonRef.nullable(), new: PersonRef.nullable() }).optional(),
  watchers: z.strictObject({ old: z.array(PersonRef), new: z.array(PersonRef) }).optional(),
})

const line = { seq: Seq, at: Time, actor: PersonRef }

/** One line of a ticket's history, in the order of `seq`. A comment's files are those with its `commentId`. */
export const TimelineItem = z.discriminatedUnion('kind', [
  z.strictObject({ ...line, kind: z.literal('created') }),
  z.strictObject({ ...line, kind: z.literal('comment'), comment: Comment }),
  z.strictObject({ ...line, kind: z.literal('updated'), changes: Changes }),
  z.strictObject({ ...line, kind: z.literal('status'), old: StatusName, new: StatusName }),
  z.strictObject({ ...line, kind: z.literal('priority'), old: PriorityName, new: PriorityName }),
  z.strictObject({
    ...line,
    kind: z.literal('attachmentAdded'),
    attachmentId: Id,
    commentId: Id.nullable(),
    name: z.string(),
    internal: z.boolean(),
  }),
  z.strictObject({
    ...line,
    kind: z.literal('attachmentDeleted'),
    attachmentId: Id,
    name: z.string(),
    internal: z.boolean(),
  }),
])

/** A piece of text, and whether it matched the search. */
export const MatchPart = z.strictObject({ text: z.string(), hit: z.boolean() })
export const Match = z.strictObject({
  in: z.enum(['title', 'description', 'comment']),
  /** The comment it is in. */
  commentId: Id.optional(),
  parts: z.array(MatchPart),
})

/** Exact numbers of tickets per view, for the reader. */
export const Counters = z.strictObject({
  assigned: z.int(),
  unassigned: z.int(),
  created: z.int(),
  urgent: z.int(),
  open: z.int(),
  closed: z.int(),
})

export const Title = oneLine('A title', limits.titleLength)
export const Description = prose(limits.bodyLength)
/** Empty only beside files. */
export const CommentBody = prose(limits.bodyLength)
