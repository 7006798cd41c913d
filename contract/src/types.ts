/** The schemas' types, for code that must not load zod. */
import type { z } from 'zod'
import type * as audit from './audit-entry.ts'
import type * as drafts from './drafts.ts'
import type * as events from './events.ts'
import type * as notifications from './notifications.ts'
import type * as people from './people.ts'
import type * as presence from './presence.ts'
import type * as routes from './routes.ts'
import type * as tags from './tags.ts'
import type * as tickets from './tickets.ts'

export type PersonRef = z.infer<typeof people.PersonRef>
export type ActorRef = z.infer<typeof people.ActorRef>
export type Account = z.infer<typeof people.Account>
export type Me = z.infer<typeof people.Me>
export type SignedIn = z.infer<typeof people.SignedIn>
export type Settings = z.infer<typeof people.Settings>
export type FailedSignIns = z.infer<typeof people.FailedSignIns>

export type AuditEntry = z.infer<typeof audit.AuditEntry>

export type TicketRow = z.infer<typeof tickets.TicketRow>
export type TicketItem = z.infer<typeof tickets.TicketItem>
export type Ticket = z.infer<typeof tickets.Ticket>
export type FilterFields = z.infer<typeof tickets.FilterFields>
export type Comment = z.infer<typeof tickets.Comment>
export type Attachment = z.infer<typeof tickets.Attachment>
export type Changes = z.infer<typeof tickets.Changes>
export type TimelineItem = z.infer<typeof tickets.TimelineItem>
export type Receipt = z.infer<typeof tickets.Receipt>
export type Eyes = z.infer<typeof tickets.Eyes>
export type Match = z.infer<typeof tickets.Match>
export type Counters = z.infer<typeof tickets.Counters>

export type Tag = z.infer<typeof tags.Tag>

export type Notification = z.infer<typeof notifications.Notification>
export type CountedNotification = z.infer<typeof notifications.CountedNotification>
export type NotificationItem = z.infer<typeof notifications.NotificationItem>

export type Position = z.infer<typeof events.Position>
export type Meta = z.infer<typeof events.Meta>
export type EventName = events.EventName
export type EventData<N extends EventName = EventName> = events.EventData<N>
/** A durable event with its name, as the cache receives it. */
export type DeskEvent = { [N in EventName]: { name: N; data: EventData<N>; meta: Meta } }[EventName]

type SyncData<N extends events.SyncName> = z.infer<(typeof events.syncEvents)[N]>
export type SyncReady = SyncData<'sync:ready'>
/** A message about the stream itself, with its name. */
export type SyncMessage = {
  [N in events.SyncName]: { name: N; data: SyncData<N> }
}[events.SyncName]

export type Doing = z.infer<typeof presence.Doing>
export type PresenceUpdate = z.infer<typeof presence.PresenceUpdate>
export type PresentPerson = z.infer<typeof presence.PresentPerson>
export type TicketPresence = z.infer<typeof presence.TicketPresence>
export type TicketLooks = z.infer<typeof presence.TicketLooks>
export type Timings = z.infer<typeof presence.Timings>
type PresenceData<N extends presence.PresenceName> = z.infer<(typeof presence.presenceEvents)[N]>
/** A message about people who are here now, with its name. */
export type PresenceMessage = {
  [N in presence.PresenceName]: { name: N; data: PresenceData<N> }
}[presence.PresenceName]

export type SavedDraft = z.infer<typeof drafts.SavedDraft>
export type EarlierDraft = z.infer<typeof drafts.EarlierDraft>
type DraftData<N extends drafts.DraftEventName> = z.infer<(typeof drafts.draftEvents)[N]>
/** A message about the reader's own drafts, with its name. */
export type DraftMessage = {
  [N in drafts.DraftEventName]: { name: N; data: DraftData<N> }
}[drafts.DraftEventName]

export type HandshakeAuth = z.infer<typeof events.HandshakeAuth>

/** Server to client: durable events as `(data, meta)`, other messages as `(data)`. */
export type ServerToClient = {
  [N in EventName]: (data: EventData<N>, meta: Meta) => void
} & { [N in events.SyncName]: (data: SyncData<N>) => void } & {
  [N in presence.PresenceName]: (data: PresenceData<N>) => void
} & {
  [N in drafts.DraftEventName]: (data: DraftData<N>) => void
}
/** The same as values. */
export type ServerMessage = DeskEvent | SyncMessage | PresenceMessage | DraftMessage

/** Clients say what is on their screens, and nothing else: they make changes over HTTP. */
export type ClientToServer = {
  [N in presence.ClientEventName]: (data: z.input<(typeof presence.clientEvents)[N]>) => void
}

type Part<N extends RouteName, P extends string> =
  routes.Routes[N] extends Record<P, z.ZodType> ? routes.Routes[N][P] : never
export type RouteName = keyof routes.Routes
export type Params<N extends RouteName> = z.input<Part<N, 'params'>>
export type Query<N extends RouteName> = z.input<Part<N, 'query'>>
export type Body<N extends RouteName> = z.input<Part<N, 'body'>>
export type Reply<N extends RouteName> = [Part<N, 'reply'>] extends [never]
  ? void
  : z.output<Part<N, 'reply'>>
