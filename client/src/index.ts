export { createApi } from './api.ts'
export type { Api, ApiOptions, Call } from './api.ts'
export { createDesk } from './desk.ts'
export type { DeskOptions } from './desk.ts'
export { ApiError, isSignedOut } from './api-error.ts'
export { besideKey, createDrafts } from './drafts/drafts.ts'
export type { Draft, Drafts } from './drafts/drafts.ts'
export type { SharedDrafts, TicketDrafts } from './drafts/draft-sync.ts'
export type { Environment } from './environment.ts'
export { lead } from './lead.ts'
export type { Leadership } from './lead.ts'
export { listKey } from './resources/list-key.ts'
export type {
  AttachOptions,
  Connection,
  Desk,
  DeskState,
  AppliedEvent,
  ListItem,
  ListQuery,
  ListState,
  NewComment,
  NotificationChange,
  PendingComment,
  PendingField,
  TicketEventHandler,
  TicketEventName,
  TicketState,
  TimelinePlace,
  UndoneChange,
} from './types.ts'
export type { KeptChange } from './outbox/entry.ts'
export type { OutboxItem, OutboxState } from './outbox/state.ts'
export type { Presence, Present } from './presence/picture.ts'
export type { Screen } from './presence/tab-state.ts'
export type { ResourceName } from './resources/registry.ts'
export { refuseUnreadable } from './mutations/upload.ts'
export { timelineItemOf } from './cache/timeline-item-of.ts'
export type { TimelineGap } from './cache/open-ticket.ts'
export { uuidv4, uuidv7 } from './uuid.ts'
