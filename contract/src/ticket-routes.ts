import { z } from 'zod'
import { filterFields, pressing, sorts } from './fields.ts'
import type { FieldName, FieldValue, FilterField } from './fields.ts'
import { limits } from './limits.ts'
import type { RouteName } from './paths.ts'
import { GivenId, Id, Seq, Time } from './people.ts'
import { at, byId } from './route.ts'
import type { Route } from './route.ts'
import { text } from './text-schemas.ts'
import { tagModes } from './vocabulary.ts'
import {
  Attachment,
  Comment,
  CommentBody,
  Counters,
  Description,
  Eyes,
  Match,
  PriorityName,
  Receipt,
  StatusName,
  Ticket,
  TicketItem,
  TimelineItem,
  Title,
  fieldSchemas,
  plainFieldInputs,
} from './tickets.ts'

function list<S extends z.ZodType>(schema: S) {
  return z
    .string()
    .transform((text): unknown[] => (text === '' ? [] : text.split(',')))
    .pipe(z.array(schema))
    .optional()
}

/** A ticket without a value matches none. */
type Wanted<N extends FieldName> = z.ZodType<NonNullable<FieldValue<N>>, NonNullable<FieldValue<N>>>

type ListFilter = Exclude<FilterField, 'assignee'>

/** The values that a list keeps, per field that lists filter by. */
const listFilters = Object.fromEntries(
  filterFields.flatMap((name) =>
    name === 'assignee' ? [] : [[name, list<z.ZodType>(fieldSchemas[name])]],
  ),
) as { [N in ListFilter]: ReturnType<typeof list<Wanted<N>>> }

/** What a write is based on. When it is absent, the server does not check for a conflict. */
export const base = {
  /** The version of the ticket that the writer saw: the server refuses the write if others changed the field since. */
  version: Seq.optional(),
  /**
   * The number of the event that the write takes back: the server refuses it if anyone changed the field since, the
   * writer included.
   */
  undoes: Seq.optional(),
}

const byRef = z.strictObject({ ref: z.union([GivenId, z.string().regex(/^[1-9][0-9]{0,8}$/)]) })
export const pageSize = z.coerce
  .number()
  .int()
  .min(1)
  .max(limits.pageSizeMax)
  .default(limits.pageSize)
/** A place between two items of a timeline. Callers pass it on unchanged. */
const Cursor = z.string().regex(/^[0-9]{1,15}$/)

export const TicketReply = z.strictObject({ ...at, ticket: TicketItem })
const NewTicketReply = z.strictObject({ ...at, ticket: Ticket.extend({ seen: Seq }) })
const AttachmentReply = z.strictObject({ ...at, attachment: Attachment })
const CommentReply = z.strictObject({ ...at, comment: Comment, ticket: TicketItem })
/** Filter, sort and page of a list. */
export const TicketQuery = z
  .strictObject({
    ...listFilters,
    assignee: z.union([z.literal('me'), z.literal('none'), GivenId]).optional(),
    creator: z.union([z.literal('me'), GivenId]).optional(),
    tag: list(GivenId).refine(
      (ids = []) => ids.length <= limits.tagsPerTicket,
      `A filter has at most ${limits.tagsPerTicket} tags.`,
    ),
    tagMode: z.enum(tagModes).optional(),
    eyes: z.literal('none').optional(),
    q: text().trim().max(limits.searchLength).optional(),
    sort: z.enum([...sorts, pressing]).default('-updated'),
    /** `next` of the page before. */
    after: z.string().max(200).optional(),
    limit: pageSize,
  })
  .refine(({ sort, eyes }) => sort !== pressing || eyes === 'none', {
    path: ['sort'],
    error: 'Only tickets that nobody has looked at (`eyes=none`) have this order.',
  })

/** Calls about tickets, and about comments, files and watchers. */
export const ticketRoutes = {
  tickets: {
    summary: 'A page of the tickets that the reader may see.',
    query: TicketQuery,
    reply: z.strictObject({
      ...at,
      /** Fewer than asked for, or none, does not mean that no other follow: `next` does. */
      items: z.array(TicketItem.extend({ matches: z.array(Match).optional() })),
      next: z.string().nullable(),
      /** The place in the order of the list where the page ends. Null: the list ends. */
      end: z.strictObject({ key: z.union([z.string(), z.number()]), number: z.int() }).nullable(),
    }),
  },
  counters: {
    summary: 'Exact numbers of tickets per view.',
    reply: z.strictObject({ ...at, counters: Counters }),
  },
  missed: {
    summary:
      'What others did since a time on tickets that concern the reader, and that the reader has not seen since. A ticket concerns its creator, its watchers and its assignee; one that is new or became urgent concerns all staff.',
    query: z.strictObject({ since: Time }),
    reply: z.strictObject({
      ...at,
      /** From when on the answer says it: the time asked for, or a week ago if that is later. */
      since: Time,
      /** The tickets that changed last come first. */
      tickets: z.array(
        z.strictObject({
          ticket: TicketItem,
          /** The newest lines by others since that time, in order: at least one. */
          lines: z.array(TimelineItem),
          /** There are lines before these. */
          earlier: z.boolean(),
        }),
      ),
      /** There are more tickets. */
      more: z.boolean(),
    }),
  },
  createTicket: {
    summary: 'Raise a ticket. With `id`, a UUID made by the caller.',
    body: z.strictObject({
      id: GivenId.optional(),
      title: Title,
      description: Description,
      priority: PriorityName.optional(),
    }),
    reply: NewTicketReply,
    creates: ({ ticket }: z.output<typeof NewTicketReply>) => `/api/tickets/${ticket.id}`,
  },
  ticket: {
    summary:
      'A ticket by id or number, with the newest page of its timeline and the files of that page.',
    params: byRef,
    reply: z.strictObject({
      ...at,
      ticket: Ticket.extend({ seen: Seq }),
      timeline: z.array(TimelineItem),
      attachments: z.array(Attachment),
      earlier: Cursor.nullable(),
      /**
       * Who else has seen it, of those who read it: the furthest first. For staff who show how far they have seen tickets
       * themselves; for others nobody.
       */
      seenBy: z.array(Receipt),
      eyes: Eyes,
    }),
  },
  timeline: {
    summary:
      'Another page of a timeline: what is `before` or `after` a cursor, or `around` a comment (its id) or a position.',
    params: byRef,
    query: z
      .strictObject({
        /** `earlier` (for `before`) or `later` (for `after`) of a page. */
        before: Cursor.optional(),
        after: Cursor.optional(),
        around: z.union([GivenId, z.string().regex(/^[0-9]{1,15}$/)]).optional(),
        limit: pageSize,
      })
      .refine(
        ({ before, after, around }) =>
          [before, after, around].filter((place) => place !== undefined).length === 1,
        'Say `before`, `after` or `around`: one of them.',
      ),
    reply: z.strictObject({
      ...at,
      /** In the order of `seq`, oldest first. */
      items: z.array(TimelineItem),
      /** The files of these items. */
      attachments: z.array(Attachment),
      /** Null: nothing is before these items. */
      earlier: Cursor.nullable(),
      /** Null: nothing is after these items. */
      later: Cursor.nullable(),
    }),
  },
  files: {
    summary: 'A page of all files of a ticket, the newest first.',
    params: byRef,
    query: z.strictObject({
      /** `next` of the page before. */
      after: GivenId.optional(),
      limit: pageSize,
    }),
    reply: z.strictObject({ ...at, items: z.array(Attachment), next: Id.nullable() }),
  },
  editTicket: {
    summary: 'Change fields of a ticket, such as its title or assignee.',
    params: byId,
    body: z.strictObject({
      ...z.strictObject(plainFieldInputs).partial().shape,
      assigneeId: GivenId.nullable().optional(),
      ...base,
    }),
    reply: TicketReply,
  },
  changeStatus: {
    summary: 'Move a ticket to another status.',
    params: byId,
    body: z.strictObject({ status: StatusName, ...base }),
    reply: TicketReply,
  },
  changePriority: {
    summary: 'Change the priority of a ticket.',
    params: byId,
    body: z.strictObject({ priority: PriorityName, ...base }),
    reply: TicketReply,
  },
  markSeen: {
    summary: 'Record how far you have seen a ticket.',
    withoutIdempotencyKey: true,
    params: byId,
    body: z.strictObject({ seq: Seq }),
    reply: z.strictObject({ ...at, seen: Seq }),
  },
  addComment: {
    summary:
      'Reply, or leave an internal note: words, files or both. Refused when others added something after `seenVersion`.',
    params: byId,
    body: z.strictObject({
      id: GivenId.optional(),
      body: CommentBody,
      internal: z.boolean().optional(),
      attachmentIds: z.array(GivenId).max(limits.attachmentsPerComment).optional(),
      seenVersion: Seq.optional(),
    }),
    reply: CommentReply,
    creates: ({ comment }: z.output<typeof CommentReply>) => `/api/comments/${comment.id}`,
  },
  comment: {
    summary: 'A comment, and its ticket as a row of a list.',
    params: byId,
    reply: CommentReply,
  },
  editComment: {
    summary: 'Correct a comment. One with files may lose its words.',
    params: byId,
    body: z.strictObject({ body: CommentBody }),
    reply: CommentReply,
  },
  deleteComment: {
    summary: 'Remove a comment, its text and its files.',
    params: byId,
    reply: CommentReply,
  },
  attach: {
    summary:
      'Upload one file: multipart, the fields `internal` and `draft` before `file`. A draft waits for a comment.',
    params: byId,
    reply: AttachmentReply,
    creates: ({ attachment }: z.output<typeof AttachmentReply>) =>
      `/api/attachments/${attachment.id}`,
  },
  attachment: { summary: 'Download a file.', params: byId },
  deleteAttachment: {
    summary: 'Remove a file. A comment without words goes with its last file.',
    params: byId,
    reply: z.strictObject(at),
  },
  watch: {
    summary: 'Let someone watch a ticket.',
    params: z.strictObject({ id: GivenId, userId: GivenId }),
    reply: TicketReply,
  },
  unwatch: {
    summary:
      'Stop someone watching a ticket. Gives no ticket back to a reader who may not see it any more.',
    params: z.strictObject({ id: GivenId, userId: GivenId }),
    reply: z.strictObject({ ...at, ticket: TicketItem.nullable() }),
  },
} as const satisfies Partial<Record<RouteName, Route>>
