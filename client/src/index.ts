export { DeskError } from './api.ts'
export type { Api, Call } from './api.ts'
export type {
  AttachOptions,
  Connection,
  Desk,
  DeskState,
  Heard,
  ListItem,
  ListQuery,
  ListState,
  NewComment,
  PendingComment,
  PendingField,
  TicketEventHandler,
  TicketEventName,
  TicketState,
} from './types.ts'
