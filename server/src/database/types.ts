import type { ColumnType, Generated, Kysely, Transaction } from 'kysely'
import type {
  AuditChannel,
  DeskSettings,
  DraftKind,
  EmailReason,
  FieldValue,
  PlainField,
  Priority,
  Role,
  Settings,
  Status,
  SystemName,
  TagColor,
} from '@deskbell/contract'
import type { Semaphore } from './semaphore.ts'
import type { Signal } from './signal.ts'
import type { Json, MadeTime, Time } from './column-types.ts'
import type { ConsumerFailuresTable, ConsumersTable, DeliveriesTable } from './consumer-tables.ts'
import type { InboxesTable, InboxView, NotificationsTable } from './notification-tables.ts'
import type { PushKeyTable, PushSubscriptionsTable } from './push-tables.ts'

export interface PeopleTable {
  id: string
  email: string
  name: string
  role: Role
  active: Generated<boolean>
  /** Chosen by a trigger. */
  color: Generated<number>
  password_hash: string | null
  /** Lacks what was added after it was saved. */
  settings: ColumnType<Partial<Settings>, string | undefined, string>
  created_at: MadeTime
}

export interface SessionsTable {
  id: string
  person_id: string
  token_hash: Buffer
  created_at: MadeTime
  used_at: MadeTime
  expires_at: Time
  ends_at: Time
  device: string | null
  address: string | null
  confirmed_at: MadeTime
}

export interface LinksTable {
  id: string
  kind: 'setup' | 'invitation' | 'password'
  person_id: string | null
  token_hash: Buffer
  created_at: MadeTime
  expires_at: Time
  mailed: Generated<boolean>
}

export interface FailedSignInsTable {
  person_id: string
  attempts: number
  first_at: Time
  last_at: Time
  last_address: string | null
}

export interface DeviceSecretTable {
  singleton: Generated<boolean>
  secret: Buffer
}

export interface IdempotencyKeysTable {
  /** `person:` and an id, or `system:` and a name. */
  actor: string
  key: string
  fingerprint: string
  result: ColumnType<unknown, string | undefined, string>
  created_at: MadeTime
}

type SnakeCase<S extends string> = S extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : ''
/** The columns of the fields in the contract's table that are stored as they are. */
type FieldColumns = { [N in PlainField as SnakeCase<N>]: FieldValue<N> }

export interface TicketsTable extends FieldColumns {
  id: string
  number: Generated<number>
  status: Generated<Status>
  priority: Generated<Priority>
  creator_id: string
  assignee_id: string | null
  /** Who wrote the last public comment that is not removed. Null: its creator, with a comment or the description. */
  last_author_id: Generated<string | null>
  comment_count: Generated<number>
  staff_comment_count: Generated<number>
  attachment_count: Generated<number>
  staff_attachment_count: Generated<number>
  created_at: MadeTime
  updated_at: MadeTime
  staff_updated_at: MadeTime
  version: Generated<number>
  staff_version: Generated<number>
  /** The last version that is news to people, when events of the system followed it. */
  news_version: Generated<number | null>
  staff_news_version: Generated<number | null>
}

export interface WatchersTable {
  ticket_id: string
  person_id: string
}

export interface TagsTable {
  id: string
  name: string
  color: TagColor
  internal: boolean
  archived: Generated<boolean>
  used: Generated<boolean>
  merged_into: string | null
  created_at: MadeTime
}

export interface TicketTagsTable {
  ticket_id: string
  tag_id: string
}

export interface CommentsTable {
  id: string
  ticket_id: string
  author_id: string
  body: string
  internal: boolean
  created_at: MadeTime
  edited_at: ColumnType<string | null, string | Date | undefined, string | Date | null>
  edited_by: ColumnType<string | null, string | undefined, string | null>
  deleted_at: ColumnType<string | null, string | Date | undefined, string | Date | null>
  search: ColumnType<string, never, never>
}

export interface AttachmentsTable {
  id: string
  ticket_id: string
  comment_id: string | null
  uploader_id: string
  name: string
  type: string
  size: number
  sha256: string
  internal: boolean
  draft: boolean
  created_at: MadeTime
  /** Null if it is not a picture, or not known. */
  pixels: number | null
}

export interface DraftsTable {
  person_id: string
  ticket_id: string
  kind: DraftKind
  body: string
  /** The text before it became shorter; null while it grows. */
  longer_body: string | null
  attachment_ids: string[]
  rev: number
  updated_at: Time
}

export interface EarlierDraftsTable {
  id: string
  person_id: string
  ticket_id: string
  kind: DraftKind
  body: string
  at: Time
}

export interface StorageUseTable {
  person_id: string
  bytes: number
  files: number
}

export interface SeenTable {
  person_id: string
  ticket_id: string
  seq: number
  at: ColumnType<string | null, never, never>
  /** How far the person looked or acted as one of the staff, on a ticket of somebody else, and when. */
  looked: ColumnType<number | null, never, never>
  looked_at: ColumnType<string | null, never, never>
}

export interface TicketEyesTable {
  ticket_id: string
  active: boolean
  asked: number
  asked_at: Time
  looked: boolean
  looked_at: Time | null
  number: number
  pressing: number
}

export interface LogTable {
  singleton: Generated<boolean>
  head: number
  head_tag: string
  floor: number
  floor_tag: string
}

export interface EventsTable {
  seq: number
  tag: string
  at: Time
  name: string
  ticket_id: string | null
  audience: 'participants' | 'staff' | 'super_admins' | 'people' | 'others' | 'everyone'
  people: string[]
  actor: Json<unknown>
  command_id: string | null
  data: Json<unknown>
  ticket: Json<unknown>
  staff_ticket: Json<unknown>
  notified: Json<unknown>
  bytes: ColumnType<number, never, never>
}

export interface TimelineTable {
  seq: number
  ticket_id: string
  at: Time
  /** Null: the system acted, by the rule that `system` names. */
  actor_id: string | null
  system: SystemName | null
  kind: string
  staff_only: boolean
  comment_id: string | null
  data: Json<unknown>
  people: string[]
}

export interface AuditEntriesTable {
  id: Generated<number>
  at: Time
  kind: string
  via: AuditChannel
  actor_id: string | null
  subject_id: string | null
  ticket_id: string | null
  comment_id: string | null
  session_id: string | null
  address: string | null
  device: string | null
  details: Json<Record<string, string | number | boolean>>
}

export interface AuditTextsTable {
  entry_id: number
  comment_id: string
  text: string
}

export interface DeskSettingsTable {
  singleton: Generated<boolean>
  settings: Json<Partial<DeskSettings>>
}

export interface LeasesTable {
  name: string
  holder: string
  token: string
  expires_at: Time
}

export interface EmailOptOutsTable {
  person_id: string
  reason: EmailReason
  at: MadeTime
}

/** Rows as the database stores them, in snake_case. Each is converted to the contract's shape in one place. */
export interface Database {
  people: PeopleTable
  sessions: SessionsTable
  links: LinksTable
  failed_sign_ins: FailedSignInsTable
  device_secret: DeviceSecretTable
  push_key: PushKeyTable
  push_subscriptions: PushSubscriptionsTable
  idempotency_keys: IdempotencyKeysTable
  tickets: TicketsTable
  watchers: WatchersTable
  tags: TagsTable
  ticket_tags: TicketTagsTable
  comments: CommentsTable
  attachments: AttachmentsTable
  drafts: DraftsTable
  earlier_drafts: EarlierDraftsTable
  storage_use: StorageUseTable
  seen: SeenTable
  ticket_eyes: TicketEyesTable
  notifications: NotificationsTable
  inboxes: InboxesTable
  inbox: InboxView
  log: LogTable
  events: EventsTable
  timeline: TimelineTable
  desk_settings: DeskSettingsTable
  leases: LeasesTable
  consumers: ConsumersTable
  deliveries: DeliveriesTable
  consumer_failures: ConsumerFailuresTable
  email_opt_outs: EmailOptOutsTable
  audit_entries: AuditEntriesTable
  audit_texts: AuditTextsTable
}

/** The database, for functions that open their own transaction. */
export interface Db extends Kysely<Database> {
  /** Runs a transaction that changes something. Leaves connections for reads and for the follower of the log. */
  readonly withPermit: Semaphore
  /** Emitted after the commit of a transaction that appended events to the log. */
  readonly appended: Signal
}
/** For functions that must run inside a transaction. A `Db` cannot be passed for it. */
export type Tx = Transaction<Database>
