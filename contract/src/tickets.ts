import { z } from 'zod'
import { ActorRef, Id, PersonRef, Seq, Time } from './people.ts'
import { limits } from './limits.ts'
import { oneLine, prose } from './text-schemas.ts'
import { priorities, statuses } from './vocabulary.ts'

export const StatusName = z.enum(statuses)
export const PriorityName = z.enum(priorities)

/** A ticket as a row of a list. Counts, `updatedAt` and `version` cover only what the reader may see. */
export const TicketRow = z.strictObject({
  id: Id,
  /** The number that people say and write: #1042. */
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
  /** Number of the last event on this ticket that the reader may see. */
  version: Seq,
})

/** A row, and how far the reader has seen it: the ticket is unseen while `seen < version`. */
export const TicketItem = TicketRow.extend({ seen: Seq })

/** A ticket without its timeline and files. */
export const Ticket = TicketRow.extend({
  description: z.string(),
  watchers: z.array(PersonRef),
})

/** The fields of a row that decide which views it is in. An event carries them as they were before it. */
export const FilterFields = z.strictObject({
  status: StatusName,
  priority: PriorityName,
  assignee: PersonRef.nullable(),
})

export const Comment = z.strictObject({
  id: Id,
  author: PersonRef,
  /** Markdown; empty once the comment is removed. */
  body: z.string(),
  /** An internal note: only staff see it. */
  internal: z.boolean(),
  createdAt: Time,
  editedAt: Time.nullable(),
  /** The person who corrected it last, if that is not its author; else null. */
  editedBy: PersonRef.nullable(),
  deletedAt: Time.nullable(),
})

export const Attachment = z.strictObject({
  id: Id,
  /** The comment with which the file came, or null when it is attached to the ticket itself. */
  commentId: Id.nullable(),
  name: z.string(),
  /** The media type, detected from the content and never copied from the sender. */
  type: z.string(),
  /** In bytes. */
  size: z.int(),
  internal: z.boolean(),
  /** The page shows it: its type is an image that browsers render safely. */
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

const line = { seq: Seq, at: Time, actor: ActorRef }

/** One line of a ticket's timeline, in the order of `seq`. A comment's files are those with its `commentId`. */
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
  /** The comment that holds the text; absent for title and description. */
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
/** May be empty only when the comment has files. */
export const CommentBody = prose(limits.bodyLength)
