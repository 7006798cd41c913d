/** The schemas. Server, documents and tests load them; the browser works without zod. */
export { asyncApi } from './asyncapi.ts'
export { AuditEntry, AuditFilter, AuditQuery } from './audit-entry.ts'
export { DeskSettings } from './desk-settings-schema.ts'
export { SavedDraft, draftEvents } from './drafts.ts'
export { clientEvents, presenceEvents } from './presence.ts'
export { Notification } from './notifications.ts'
export { HandshakeAuth, Meta, Position, events, syncEvents } from './events.ts'
export {
  Account,
  ActorRef,
  Email,
  GivenId,
  Id,
  Me,
  Name,
  Password,
  PersonRef,
  Seq,
  Settings,
  Time,
} from './people.ts'
export type { Route } from './route.ts'
export { routes } from './routes.ts'
export type { Routes } from './routes.ts'
export { TicketQuery } from './ticket-routes.ts'
export {
  Attachment,
  Changes,
  Comment,
  CommentBody,
  Counters,
  Description,
  Match,
  FilterFields,
  PriorityName,
  StatusName,
  Ticket,
  TicketItem,
  TicketRow,
  TimelineItem,
  Title,
  fieldSchemas,
} from './tickets.ts'
