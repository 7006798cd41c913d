import { z } from 'zod'
import { filterFields, pick, rowFields, updatedFields } from './fields.ts'
import type { FieldName, FieldValue, PlainField, UpdatedField } from './fields.ts'
import { ActorRef, Id, PersonRef, Seq, Time } from './people.ts'
import { limits } from './limits.ts'
import { TagChange } from './tags.ts'
import { oneLine, prose } from './text-schemas.ts'
import { priorities, statuses } from './vocabulary.ts'

export const StatusName = z.enum(statuses)
export const PriorityName = z.enum(priorities)

/** The fields of fields.ts as readers get them. */
export const fieldSchemas = {
  title: z.string(),
  description: z.string(),
  assignee: PersonRef.nullable(),
  status: StatusName,
  priority: PriorityName,
} satisfies { [N in FieldName]: FieldSchema<N> }

export type FieldSchema<N extends FieldName> = z.ZodType<FieldValue<N>, FieldValue<N>>

/**
 * Only for staff. False: the ticket is active, and nobody of the staff but its creator has looked since the creator, or
 * somebody else who is not staff, last wrote publicly.
 */
const Looked = z.boolean().optional()

/** A ticket as a row of a list. Counts, `updatedAt` and `version` cover only what the reader may see. */
export const TicketRow = z.strictObject({
  id: Id,
  /** The number that people say and write: #1042. */
  number: z.int(),
  ...pick(fieldSchemas, rowFields),
  creator: PersonRef,
  /** Who wrote the last public message that is not removed: a comment, or the description. `turnOf` says who is to answer. */
  lastAuthor: PersonRef,
  /** Ids of the tags that the reader may see, as they were added, in order. A merged tag stands for another. */
  tags: z.array(Id),
  commentCount: z.int(),
  attachmentCount: z.int(),
  createdAt: Time,
  updatedAt: Time,
  /** Number of the last event on this ticket that the reader may see. */
  version: Seq,
  looked: Looked,
})

/** A row, and how far the reader has seen it: the ticket is unseen while `seen < version`. */
export const TicketItem = TicketRow.extend({ seen: Seq })

/** A ticket without its timeline and files. */
export const Ticket = TicketRow.extend({
  ...fieldSchemas,
  watchers: z.array(PersonRef),
})

/** The fields of a row that decide which views it is in. An event carries them as they were before it. */
export const FilterFields = z.strictObject({ ...pick(fieldSchemas, filterFields), looked: Looked })

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
  /** The page shows it: its type is an image that browsers render safely, and it has few enough pixels. */
  image: z.boolean(),
  uploader: PersonRef,
  createdAt: Time,
})

function change<S extends z.ZodType>(schema: S) {
  return z.strictObject({ old: schema, new: schema }).optional()
}

/** The change of a field, per field that `ticket:updated` tells. */
const fieldChanges = Object.fromEntries(
  updatedFields.map((name) => [name, change<z.ZodType>(fieldSchemas[name])]),
) as { [N in UpdatedField]: ReturnType<typeof change<FieldSchema<N>>> }

export const Changes = z.strictObject({
  ...fieldChanges,
  watchers: change(z.array(PersonRef)),
  tags: TagChange.optional(),
})

/** After how many days without a public event the system closed a resolved ticket. */
export const AfterDays = z.int().min(1)

const line = { seq: Seq, at: Time, actor: ActorRef }

/** One line of a ticket's timeline, in the order of `seq`. A comment's files are those with its `commentId`. */
export const TimelineItem = z.discriminatedUnion('kind', [
  z.strictObject({ ...line, kind: z.literal('created') }),
  z.strictObject({ ...line, kind: z.literal('comment'), comment: Comment }),
  z.strictObject({ ...line, kind: z.literal('updated'), changes: Changes }),
  z.strictObject({
    ...line,
    kind: z.literal('status'),
    old: StatusName,
    new: StatusName,
    afterDays: AfterDays.optional(),
  }),
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

/** How far somebody has seen a ticket. */
export const Receipt = z.strictObject({
  person: PersonRef,
  /** Number of the last event that they have seen. */
  seq: Seq,
  /** Null: before Deskbell kept it. */
  at: Time.nullable(),
})

/**
 * Who of the staff but its creator has looked at a ticket since its creator, or somebody else who is not staff, last wrote
 * publicly. Acting counts as looking. Who is not staff gets `lastAt` alone: when the first of them looked.
 */
export const Eyes = z.strictObject({
  people: z.int().optional(),
  lastAt: Time.nullable(),
  /** When they wrote. */
  since: Time.optional(),
})

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
  /** For people who are not staff 0. */
  unseenByStaff: z.int(),
  created: z.int(),
  urgent: z.int(),
  open: z.int(),
  closed: z.int(),
})

export const Title = oneLine('A title', limits.titleLength)
export const Description = prose(limits.bodyLength)
/** The fields that `editTicket` takes by their names, as callers write them. */
export const plainFieldInputs = {
  title: Title,
  description: Description,
} satisfies { [N in PlainField]: z.ZodType<FieldValue<N>> }
/** May be empty only when the comment has files. */
export const CommentBody = prose(limits.bodyLength)
