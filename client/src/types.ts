import type {
  Attachment,
  Body,
  DeskEvent,
  Eyes,
  FieldName,
  FieldValue,
  Match,
  FilterFields,
  PersonRef,
  PlainField,
  Priority,
  Receipt,
  Sort,
  Status,
  Tag,
  Ticket,
  TicketFilter,
  TicketItem,
  TimelineItem,
} from '@deskbell/contract'
import type { Api } from './api.ts'
import type { TimelineGap } from './cache/open-ticket.ts'
import type { SharedDrafts, TicketDrafts } from './drafts/draft-sync.ts'
import type { OutboxState } from './outbox/state.ts'
import type { Presence } from './presence/picture.ts'
import type { Screen } from './presence/tab-state.ts'
import type { ResourceName, ResourceState } from './resources/registry.ts'

/** The state of the live connection. It never claims more than is true. */
export type Connection =
  | { state: 'connecting' }
  | { state: 'live' }
  /** `remaining`: number of events, or of entries being fetched again. */
  | { state: 'catchingUp'; remaining: number }
  /** `since`: ISO 8601. */
  | { state: 'offline'; since: string }
  /** This session ended; sign in again. `reason`: that of `session:ended`, or `expired`. */
  | { state: 'ended'; reason: string }

export interface ListQuery extends TicketFilter {
  sort?: Sort
}

/** A row as shown: the confirmed row with this tab's unconfirmed changes. */
export interface ListItem extends TicketItem {
  /** Fields with a change that the server has not confirmed yet. */
  pending: readonly PendingField[]
  matches?: readonly Match[]
}

export type PendingField = FieldName | 'watchers' | 'tags'

export interface ListState {
  query: ListQuery
  status: 'loading' | 'ready' | 'failed'
  error: Error | undefined
  items: readonly ListItem[]
  /** There are more pages. */
  more: boolean
  loadingMore: boolean
  /** With a search term: a change may have altered the results. */
  resultsMayHaveChanged: boolean
}

export interface PendingComment {
  id: string
  body: string
  internal: boolean
  attachmentIds: readonly string[]
  /** When it was sent, by this device's clock: ISO 8601. */
  at: string
}

/** A further page of a timeline: before or after a gap, or around a comment (its id) or a position. */
export type TimelinePlace = { before: number } | { after: number } | { around: string | number }

export type TicketState =
  | { status: 'loading' }
  | { status: 'failed'; error: Error }
  /** The reader lost access. */
  | { status: 'lost' }
  | {
      status: 'ready'
      ticket: Ticket & { seen: number; pending: readonly PendingField[] }
      /** The loaded items, in order: the newest page, and pages that were asked for. */
      timeline: readonly TimelineItem[]
      /** Where items of the timeline are not loaded. */
      gaps: readonly TimelineGap[]
      /** The files of these items and pages of files that were asked for; `ticket.attachmentCount` is the total. */
      attachments: readonly Attachment[]
      /** Comments sent but not confirmed, oldest first. */
      unconfirmed: readonly PendingComment[]
      /** Who else has seen it, the furthest first, as this reader may know it. */
      seenBy: readonly Receipt[]
      eyes: Eyes
      /** `seen` at the time of opening: later items by others are new to this reader. */
      seenAtOpen: number
    }

/** Everything on the screens, as one immutable value. Unchanged parts keep their identity. */
export interface DeskState extends ResourceState {
  connection: Connection
  /** Until when changes wait because of the rate limit, in ms since 1970. They are sent then automatically. */
  slowedUntil: number | undefined
  /** Who else has the tickets on the screen open. */
  presence: Presence
  /** Where this person is writing something, by the ticket's id. */
  drafts: ReadonlyMap<string, TicketDrafts>
  /** This person's changes that the server does not have yet, made in any tab of this browser. */
  outbox: OutboxState
  /** By `listKey(query)`. */
  lists: ReadonlyMap<string, ListState>
  /** By the ref it was opened with (id or number) and by id. */
  tickets: ReadonlyMap<string, TicketState>
}

/** An event that was applied, with what toasts need. */
export interface AppliedEvent {
  event: DeskEvent
  /** This tab made the change. */
  own: boolean
  /** It was replayed while catching up. */
  replayed: boolean
  /** The row's filter fields before the event, if known. */
  before: FilterFields | undefined
}

/** One signed-in person's live desk. No framework: subscribe, read `state`, call. */
export interface Desk {
  readonly api: Api
  readonly state: DeskState
  /** Called after every change of `state`. Returns the unsubscriber. */
  subscribe(listener: () => void): () => void
  /** Called once for every event applied. Returns the unsubscriber. */
  onEvent(listener: (applied: AppliedEvent) => void): () => void

  /** Keeps a resource loaded and live until released, such as `people`, the accounts of all people. */
  open(name: ResourceName): () => void
  /** Keeps a list loaded and live until released. */
  openList(query: ListQuery): () => void
  /** Loads the next page of an open list, if there is one. */
  loadMore(query: ListQuery): Promise<void>
  /** Fetches a list again: for search results that may have changed, or after a failure. */
  reloadList(query: ListQuery): Promise<void>
  /** Keeps a ticket loaded and live until released. `ref`: id or number. */
  openTicket(ref: string): () => void
  /** Fetches an open ticket again, after a failure. */
  reloadTicket(ref: string): Promise<void>
  /** Loads a further page of an open ticket's timeline. Rejects when there is no such place. */
  loadTimeline(ref: string, place: TimelinePlace): Promise<void>
  /** Loads the next page of all files of an open ticket, the newest first. */
  loadFiles(ref: string): Promise<void>

  /**
   * Every change shows at once, marked pending. When it is refused, it rejects with an ApiError and is reverted. Changes of
   * tickets that do not reach the server are kept on the device where it can keep them: then the call resolves, and they
   * are in `state.outbox` until the server has them.
   */
  /** Resolves to undefined when the ticket waits for the server: it is kept under the id in `input`, or a new one. */
  createTicket(input: Body<'createTicket'>): Promise<TicketItem | undefined>
  /** `version`: the one shown when editing began; 409 `ticket.changed` when another person changed the field since. */
  editTicket(id: string, edit: FieldEdit): Promise<void>
  /**
   * Gives one field of a ticket another value. Changes with the same `step` are taken back together. `after`: the id of the
   * comment with which it is made; if that is discarded while both wait, so is the change.
   */
  changeField<N extends FieldName>(
    id: string,
    name: N,
    to: FieldValue<N>,
    step?: string,
    after?: string,
  ): Promise<void>
  /**
   * Takes back a step, or else the last change of this tab, field by field. A field that anyone changed since, on this
   * person's other devices too, keeps its value. Resolves to all of its changes, none if there is nothing to take back.
   */
  undo(step?: string): Promise<readonly UndoneChange[]>
  assign(id: string, assignee: PersonRef | null): Promise<void>
  changeStatus(id: string, status: Status): Promise<void>
  changePriority(id: string, priority: Priority): Promise<void>
  /** Forgets a change of `state.outbox`. */
  discardKept(changeId: string): void
  /** Sends a refused change of `state.outbox` again, over what the refusal says. */
  sendKeptAgain(changeId: string): void
  watch(id: string, person: PersonRef): Promise<void>
  unwatch(id: string, personId: string): Promise<void>
  /** Adds tags to a ticket and removes others, by id. */
  setTags(
    id: string,
    change: { add?: readonly string[]; remove?: readonly string[] },
    step?: string,
  ): Promise<void>
  createTag(input: Omit<Body<'createTag'>, 'id'>): Promise<Tag>
  /** Renames a tag, gives it another colour, or restores it. */
  editTag(id: string, edit: Body<'editTag'>): Promise<void>
  /** Deletes a tag that was never used, and archives any other. */
  deleteTag(id: string): Promise<void>
  /** Lets a tag stand for another one: on tickets, in filters and in searches. */
  mergeTag(id: string, into: string): Promise<void>
  /** `id` makes sending idempotent: generate one per draft. 409 `ticket.replied` has `details.missed: TimelineItem[]` (the newest), `details.more` and `details.version`. */
  addComment(id: string, comment: NewComment, options?: CommentOptions): Promise<void>
  editComment(ticketId: string, commentId: string, body: string): Promise<void>
  deleteComment(ticketId: string, commentId: string): Promise<void>
  /** Uploads a file; `progress` is called with 0..1. Resolves to undefined when its event comes first, or when it waits. */
  attach(
    id: string,
    file: Blob & { name?: string },
    options: AttachOptions,
  ): Promise<Attachment | undefined>
  deleteAttachment(ticketId: string, attachmentId: string): Promise<void>
  /** Marks the ticket as seen up to this event, else everything that is shown of it. */
  markSeen(id: string, upTo?: number): Promise<void>
  /** What the person does with what concerns them. It shows at once in `notificationCount`, `inbox` and `doneNotifications`. */
  readonly notifications: {
    /** All of a ticket up to now is done. */
    markDone(ticketId: string): NotificationChange
    /** It is unread again, and not done. */
    markUnread(ticketId: string): NotificationChange
    /** `until`: ISO 8601; null ends it. */
    snooze(ticketId: string, until: string | null): NotificationChange
    /** Nothing new of this ticket comes. */
    mute(ticketId: string, muted: boolean): NotificationChange
    /** Everything up to now is done, but for what is snoozed. */
    doneAll(): NotificationChange
  }
  /** Loads the next page of an open list of notifications. */
  loadMoreNotifications(name: 'inbox' | 'doneNotifications'): void
  editMe(edit: Body<'editMe'>): Promise<void>
  /** Changes settings of the whole desk; super admins only. */
  editSettings(edit: Body<'editDeskSettings'>): Promise<void>

  /** `onTicketEvent('created', …)` is called with `(data, meta)`, once for every applied `ticket:created`. */
  onTicketEvent<N extends TicketEventName>(name: N, handler: TicketEventHandler<N>): void
  offTicketEvent<N extends TicketEventName>(name: N, handler: TicketEventHandler<N>): void
  /** Custom, ephemeral events sent by server code with `socketServer.emitTo…`. Returns the unsubscriber. */
  onCustomEvent(name: string, handler: (data: unknown) => void): () => void
  /** What this person is writing, on all their devices. */
  readonly drafts: SharedDrafts
  /**
   * Says what this tab shows, as far as it changed, so that others see who has a ticket open, and this desk hears who has
   * the same tickets open (`state.presence`). May be called as often as wanted: the desk sends at most four times a second.
   */
  showScreen(part: Partial<Screen>): void
  /** The person pressed a key in the reply or note of the open ticket. */
  typed(): void
  /** The server's time, in ms since 1970, whatever the device's clock says. */
  now(): number
  isSocketConnected(): boolean
  /** Socket.IO's id of the connection; undefined while there is none. */
  getSocketId(): string | undefined

  /** Closes the socket and drops all state. */
  stop(): void
}

/** A change that was made, and how to take it back. */
export interface NotificationChange {
  made: Promise<void>
  undo(): Promise<void>
}

/** New values of fields, and the version on which they are based. */
export type FieldEdit = { [N in PlainField]?: FieldValue<N> } & { version?: number }

/** One field of one ticket after an undo. */
export interface UndoneChange {
  ticketId: string
  number: number
  field: FieldName | 'tags'
  /** Why the field was not taken back: 409 `ticket.changed` when anyone changed it since. */
  error: unknown
}

export interface NewComment {
  /** UUIDv7: the comment's id, also its idempotency key. */
  id: string
  body: string
  internal: boolean
  attachmentIds: readonly string[]
  seenVersion?: number
}

export interface CommentOptions {
  /** Called once the comment outlives this tab, or the server has it: its draft is not needed any more. */
  onKept?: () => void
  /** The files that `attachmentIds` names. */
  files?: readonly Attachment[]
  /** Further files, which the outbox keeps and sends before the comment. Rejects with `noRoom` when it cannot. */
  uploads?: readonly (Blob & { name?: string })[]
}

export interface AttachOptions {
  /** UUID: makes uploading idempotent. One per file, for all tries. */
  key?: string
  internal: boolean
  /** Keeps the file unbound until a comment names it. */
  draft: boolean
  signal?: AbortSignal
  progress?: (share: number) => void
}

type TicketEvent = Extract<DeskEvent, { name: `ticket:${string}` }>
export type TicketEventName = TicketEvent['name'] extends `ticket:${infer N}` ? N : never
export type TicketEventHandler<N extends TicketEventName> = (
  data: Extract<DeskEvent, { name: `ticket:${N}` }>['data'],
  meta: DeskEvent['meta'],
) => void
