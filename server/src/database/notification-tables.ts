import type { ColumnType, Generated } from 'kysely'
import type { Notification, NotificationReason } from '@deskbell/contract'
import type { Json, Time } from './column-types.ts'

export interface NotificationsTable {
  person_id: string
  ticket_id: string
  reason: NotificationReason
  at: Time
  /** For each reason the number of its newest event. */
  reasons: Json<Partial<Record<NotificationReason, number>>>
  seq: number
  /** The newest first. */
  unread: number[]
  done_up_to: Generated<number>
  snoozed_until: Time | null
  muted: Generated<boolean>
}

export interface InboxesTable {
  person_id: string
  done_up_to: number
}

/** A view: notifications without what is done. */
export interface InboxView {
  person_id: ColumnType<string, never, never>
  ticket_id: ColumnType<string, never, never>
  seq: ColumnType<number, never, never>
  done_up_to: ColumnType<number, never, never>
  snoozed_until: ColumnType<string | null, never, never>
  done: ColumnType<boolean, never, never>
  is_unread: ColumnType<boolean, never, never>
  notification: ColumnType<Notification, never, never>
}
