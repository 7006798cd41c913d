import { z } from 'zod'
import { AuditEntry, AuditFilter, AuditQuery } from './audit-entry.ts'
import { DeskSettings } from './desk-settings-schema.ts'
import { draftRoutes } from './draft-routes.ts'
import { emailRoutes } from './email-routes.ts'
import { limits } from './limits.ts'
import { notificationRoutes } from './notification-routes.ts'
import type { RouteName } from './paths.ts'
import {
  Account,
  Email,
  FailedSignIns,
  Me,
  Name,
  Password,
  PersonRef,
  Settings,
  SignedIn,
  Time,
} from './people.ts'
import { pushRoutes } from './push-routes.ts'
import { at, byId } from './route.ts'
import type { Route } from './route.ts'
import { text } from './text-schemas.ts'
import { tagRoutes } from './tag-routes.ts'
import { ticketRoutes } from './ticket-routes.ts'
import { roles } from './vocabulary.ts'

const Issued = z.strictObject({
  token: z.string(),
  url: z.string(),
  expiresAt: Time,
  /** Whether the person is sent an e-mail too, with a link of its own. */
  emailed: z.boolean(),
})
const Session = z.strictObject({
  me: Me,
  expiresAt: Time,
  /** The largest file that may be attached, in bytes. */
  maxUploadBytes: z.int(),
  failedSignIns: FailedSignIns.nullable(),
})

interface Made {
  person: z.output<typeof Account>
}

export const routes = {
  ...ticketRoutes,
  ...tagRoutes,
  ...draftRoutes,
  ...pushRoutes,
  ...notificationRoutes,
  ...emailRoutes,
  setUp: {
    summary: 'Make the first super admin, with the one-time token of the printed link.',
    open: true,
    withoutIdempotencyKey: true,
    body: z.strictObject({
      token: z.string().max(200),
      name: Name,
      email: Email,
      password: Password,
    }),
    reply: Session,
    creates: ({ me }: z.output<typeof Session>) => `/api/people/${me.id}`,
  },
  setUpState: {
    summary: 'Whether the first super admin was made.',
    open: true,
    withoutIdempotencyKey: true,
    reply: z.strictObject({ done: z.boolean() }),
  },
  signIn: {
    summary: 'Sign in.',
    open: true,
    withoutIdempotencyKey: true,
    body: z.strictObject({
      email: text().max(limits.emailLength),
      password: z.string().max(limits.passwordMaxLength),
    }),
    reply: Session,
  },
  signOut: { summary: 'Sign out: this session ends.', withoutIdempotencyKey: true },
  session: {
    summary: 'Who is signed in, until when, and how large a file may be.',
    withoutIdempotencyKey: true,
    reply: Session,
  },
  confirmSession: {
    summary:
      'Give your password again, for what is refused with `session.confirm`. The cookie changes.',
    withoutIdempotencyKey: true,
    body: z.strictObject({ password: z.string().max(limits.passwordMaxLength) }),
  },
  me: { summary: 'The person signed in.', reply: z.strictObject({ ...at, me: Me }) },
  editMe: {
    summary: 'Change your own name or settings.',
    body: z.strictObject({ name: Name.optional(), settings: Settings.partial().optional() }),
    reply: z.strictObject({ ...at, me: Me }),
  },
  changePassword: {
    summary:
      'Change your own password. Your other sessions end, and the cookie of this one changes.',
    body: z.strictObject({ current: z.string().max(limits.passwordMaxLength), password: Password }),
    reply: z.strictObject(at),
  },
  mySessions: {
    summary: 'Where you are signed in, this session first, then by last use.',
    reply: z.strictObject({ ...at, sessions: z.array(SignedIn) }),
  },
  endMySession: {
    summary: 'Sign out of one of your sessions.',
    params: byId,
    reply: z.strictObject(at),
  },
  endMyOtherSessions: {
    summary: 'Sign out everywhere but here.',
    query: z.strictObject({ others: z.literal('true') }),
    reply: z.strictObject(at),
  },
  dismissFailedSignIns: {
    summary: 'Dismiss the failed sign-ins up to `lastAt`, as the session reply names it.',
    withoutIdempotencyKey: true,
    query: z.strictObject({ until: Time }),
  },
  people: { summary: 'Everyone.', reply: z.strictObject({ ...at, people: z.array(Account) }) },
  invite: {
    summary: 'Invite someone. The link is shown once.',
    body: z.strictObject({ email: Email, name: Name, role: z.enum(roles) }),
    reply: z.strictObject({ ...at, person: Account, invitation: Issued.nullable() }),
    creates: ({ person }: Made) => `/api/people/${person.id}`,
  },
  person: {
    summary: 'Someone, as a super admin sees them.',
    params: byId,
    reply: z.strictObject({ ...at, person: Account }),
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
    creates: null,
  },
  withdrawLink: {
    summary: 'Withdraw unused invitations and password links.',
    params: byId,
    reply: z.strictObject({ ...at, person: Account }),
  },
  names: {
    summary:
      'Names for pickers and mentions. For requesters only the people whom their tickets show.',
    reply: z.strictObject({ ...at, people: z.array(PersonRef) }),
  },
  deskSettings: {
    summary: 'The settings of the whole desk. For super admins.',
    reply: z.strictObject({ ...at, settings: DeskSettings }),
  },
  editDeskSettings: {
    summary: 'Change settings of the whole desk.',
    body: DeskSettings.partial(),
    reply: z.strictObject({ ...at, settings: DeskSettings }),
  },
  storage: {
    summary:
      'What takes the space on the disk, and whose files and texts take most of it. In bytes.',
    reply: z.strictObject({
      ...at,
      /**
       * Bytes of the disk with the files, and with the database unless it is elsewhere. Below `reserve` the server
       * refuses files.
       */
      disk: z.strictObject({ total: z.int(), free: z.int(), reserve: z.int() }),
      database: z.int(),
      files: z.strictObject({ bytes: z.int(), count: z.int(), quota: z.int() }),
      quotaPerPerson: z.int(),
      /**
       * The people whose files and texts take the most bytes, at most 20. `bytes` and `count` are those of files, `text`
       * is what their tickets, comments and edits take in the database.
       */
      people: z.array(
        z.strictObject({ person: PersonRef, bytes: z.int(), count: z.int(), text: z.int() }),
      ),
    }),
  },
  audit: {
    summary: 'A page of the audit log, newest first. For super admins.',
    query: AuditQuery,
    reply: z.strictObject({ items: z.array(AuditEntry), next: z.int().nullable() }),
  },
  auditCsv: {
    summary: 'The audit log as a file for spreadsheets. For super admins.',
    query: AuditFilter,
  },
  invitation: {
    summary: 'Whom an invitation or password link is for.',
    open: true,
    withoutIdempotencyKey: true,
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
    withoutIdempotencyKey: true,
    params: z.strictObject({ token: z.string().max(200) }),
    body: z.strictObject({ password: Password, name: Name.optional() }),
    reply: Session,
  },
} as const satisfies Record<RouteName, Route>

export type Routes = typeof routes
