import { z } from 'zod'
import {
  Account,
  Email,
  GivenId,
  Me,
  Name,
  Password,
  PersonRef,
  Seq,
  Settings,
  Time,
} from './people.ts'
import {
  Attachment,
  Comment,
  CommentBody,
  Counters,
  Description,
  Match,
  PriorityName,
  StatusName,
  Ticket,
  TicketItem,
  TimelineItem,
  Title,
} from './tickets.ts'
import { limits } from './limits.ts'
import { text } from './text.ts'
import { priorities, roles, sorts, statuses } from './vocabulary.ts'
import type { RouteName } from './paths.ts'

/** The shapes of one call. A route without `open` needs a session; one that changes something needs an Idempotency-Key. */
interface Route {
  summary: string
  /** Answers people who are not signed in. */
  open?: true
  /** Not a change in the log: needs no Idempotency-Key. */
  plain?: true
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  /** Absent: no content. */
  reply?: z.ZodType
}

function list<T extends string>(names: readonly [T, ...T[]]) {
  return z
    .string()
    .transform((text) => (text === '' ? [] : text.split(',')))
    .pipe(z.array(z.enum(names)))
}

const byId = z.strictObject({ id: GivenId })
const at = { seq: Seq, tag: z.string() }
/** Many UI edits are based on something shown: its version. Absent means whatever it is now. */
const version = Seq.optional()

const TicketReply = z.strictObject({ ...at, ticket: TicketItem })
const CommentReply = z.strictObject({ ...at, comment: Comment, ticket: TicketItem })
const Issued = z.strictObject({ token: z.string(), url: z.string(), expiresAt: Time })
const Session = z.strictObject({
  me: Me,
  expiresAt: Time,
  /** The largest file that may be attached. */
  maxUploadBytes: z.int(),
})

/** What the list and its pages are asked for. */
export const TicketQuery = z.strictObject({
  status: list(statuses).optional(),
  priority: list(priorities).optional(),
  assignee: z.union([z.literal('me'), z.literal('none'), GivenId]).optional(),
  creator: z.union([z.literal('me'), GivenId]).optional(),
  q: text().trim().max(limits.searchLength).optional(),
  sort: z.enum(sorts).default('-updated'),
  /** `next` of the page before. */
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageSizeMax).default(limits.pageSize),
})

export const routes = {
  setUp: {
    summary: 'Make the first super admin, with the one-time token of the printed link.',
    open: true,
    plain: true,
    body: z.strictObject({
      token: z.string().max(200),
      name: Name,
      email: Email,
      password: Password,
    }),
    reply: Session,
  },
  setUpState: {
    summary: 'Whether the first super admin was made.',
    open: true,
    plain: true,
    reply: z.strictObject({ done: z.boolean() }),
  },
  signIn: {
    summary: 'Sign in.',
    open: true,
    plain: true,
    body: z.strictObject({
      email: text().max(limits.emailLength),
      password: z.string().max(limits.passwordMaxLength),
    }),
    reply: Session,
  },
  signOut: { summary: 'Sign out: this session ends.', plain: true },
  session: {
    summary: 'Who is signed in, until when, and how large a file may be.',
    plain: true,
    reply: Session,
  },
  me: { summary: 'The person signed in.', reply: z.strictObject({ ...at, me: Me }) },
  editMe: {
    summary: 'Change your own name or settings.',
    body: z.strictObject({ name: Name.optional(), settings: Settings.partial().optional() }),
    reply: z.strictObject({ ...at, me: Me }),
  },
  changePassword: {
    summary: 'Change your own password. Your other sessions end.',
    body: z.strictObject({ current: z.string().max(limits.passwordMaxLength), password: Password }),
    reply: z.strictObject(at),
  },
  tickets: {
    summary: 'A page of the tickets the reader may see.',
    query: TicketQuery,
    reply: z.strictObject({
      ...at,
      items: z.array(TicketItem.extend({ matches: z.array(Match).optional() })),
      next: z.string().nullable(),
    }),
  },
  counters: {
    summary: 'Exact numbers of tickets per view.',
    reply: z.strictObject({ ...at, counters: Counters }),
  },
  createTicket: {
    summary: 'Raise a ticket. With `id`, a UUIDv7 made by the caller.',
    body: z.strictObject({
      id: z.uuidv7().toLowerCase().optional(),
      title: Title,
      description: Description,
      priority: PriorityName.optional(),
    }),
    reply: z.strictObject({ ...at, ticket: Ticket.extend({ seen: Seq }) }),
  },
  ticket: {
    summary: 'A ticket by id or number, with its timeline and files.',
    params: z.strictObject({ ref: z.union([GivenId, z.string().regex(/^[1-9][0-9]{0,8}$/)]) }),
    reply: z.strictObject({
      ...at,
      ticket: Ticket.extend({ seen: Seq }),
      timeline: z.array(TimelineItem),
      attachments: z.array(Attachment),
    }),
  },
  editTicket: {
    summary: 'Change title, description or assignee.',
    params: byId,
    body: z.strictObject({
      title: Title.optional(),
      description: Description.optional(),
      assigneeId: GivenId.nullable().optional(),
      version,
    }),
    reply: TicketReply,
  },
  changeStatus: {
    summary: 'Move a ticket to another status.',
    params: byId,
    body: z.strictObject({ status: StatusName, version }),
    reply: TicketReply,
  },
  changePriority: {
    summary: 'Change how pressing a ticket is.',
    params: byId,
    body: z.strictObject({ priority: PriorityName, version }),
    reply: TicketReply,
  },
  markSeen: {
    summary: 'Remember how far you have seen a ticket.',
    params: byId,
    body: z.strictObject({ seq: Seq }),
    reply: z.strictObject({ ...at, seen: Seq }),
  },
  addComment: {
    summary:
      'Reply, or leave an internal note: words, files or both. Refused when others added something after `seenVersion`.',
    params: byId,
    body: z.strictObject({
      id: z.uuidv7().toLowerCase().optional(),
      body: CommentBody,
      internal: z.boolean().optional(),
      attachmentIds: z.array(GivenId).max(limits.attachmentsPerComment).optional(),
      seenVersion: Seq.optional(),
    }),
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
    reply: z.strictObject({ ...at, attachment: Attachment }),
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
  people: { summary: 'Everyone.', reply: z.strictObject({ ...at, people: z.array(Account) }) },
  invite: {
    summary: 'Invite someone. The link is shown once.',
    body: z.strictObject({ email: Email, name: Name, role: z.enum(roles) }),
    reply: z.strictObject({ ...at, person: Account, invitation: Issued.nullable() }),
  },
  editPerson: {
    summary: 'Change a role, deactivate or reactivate.',
    params: byId,
    body: z.strictObject({ role: z.enum(roles).optional(), active: z.boolean().optional() }),
    reply: z.strictObject({ ...at, person: Account }),
  },
  endSessions: { summary: 'End all sessions of someone.', params: byId, reply: z.strictObject(at) },
  issueLink: {
    summary: 'A new invitation or one-use password link; earlier ones stop working. Shown once.',
    params: byId,
    reply: z.strictObject({ ...at, person: Account, link: Issued.nullable() }),
  },
  withdrawLink: {
    summary: 'Withdraw unused invitations and password links.',
    params: byId,
    reply: z.strictObject({ ...at, person: Account }),
  },
  names: {
    summary: 'Names for pickers. For sales only people on their tickets.',
    reply: z.strictObject({ ...at, people: z.array(PersonRef) }),
  },
  invitation: {
    summary: 'Whom an invitation or password link is for.',
    open: true,
    plain: true,
    params: z.strictObject({ token: z.string().max(200) }),
    reply: z.strictObject({
      kind: z.enum(['invitation', 'password']),
      name: z.string(),
      email: z.string(),
      expiresAt: Time,
    }),
  },
  acceptInvitation: {
    summary: 'Set a password, once, and sign in.',
    open: true,
    plain: true,
    params: z.strictObject({ token: z.string().max(200) }),
    body: z.strictObject({ password: Password, name: Name.optional() }),
    reply: Session,
  },
} as const satisfies Record<RouteName, Route>

export type Routes = typeof routes
