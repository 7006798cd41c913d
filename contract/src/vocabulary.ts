/** The words of a help desk that both sides share. This file and its imports need no library. */

export const roles = ['sales', 'admin', 'super_admin'] as const
export type Role = (typeof roles)[number]

/** Staff see every ticket and internal notes, and may change anything on a ticket. */
export function isStaff(role: Role): boolean {
  return role !== 'sales'
}

export const statuses = ['open', 'in_progress', 'waiting', 'resolved', 'closed'] as const
export type Status = (typeof statuses)[number]

/** The statuses in which someone still has work to do. */
export const activeStatuses: readonly Status[] = ['open', 'in_progress', 'waiting']

/** A public reply by the creator or a watching requester moves a ticket from one of these back to `open`. */
export const reopenedByReply: readonly Status[] = ['waiting', 'resolved', 'closed']

/** From the least to the most urgent; the index is the sort rank. */
export const priorities = ['low', 'medium', 'high', 'urgent'] as const
export type Priority = (typeof priorities)[number]

/** Which of the wanted tags a ticket must have. */
export const tagModes = ['any', 'all', 'none'] as const
export type TagMode = (typeof tagModes)[number]

/** What a comment becomes: a reply to everyone on the ticket, or an internal note. */
export const draftKinds = ['reply', 'note'] as const
export type DraftKind = (typeof draftKinds)[number]

/** Why an event concerns a person, the strongest reason first. A person has one a event: the strongest. */
export const notificationReasons = [
  'mentioned',
  'assigned',
  'urgent',
  /** Nobody of the staff has looked at an urgent ticket. */
  'unseen',
  'reply',
  'watched',
  /** The person may see the ticket now. */
  'access',
] as const
export type NotificationReason = (typeof notificationReasons)[number]

/** These end a snooze. */
export const wakingReasons: readonly NotificationReason[] = ['mentioned', 'assigned', 'urgent']

/** What a page of notifications shows. Without one: what is not done, and what is snoozed. */
export const notificationFilters = [
  'unread',
  'mentions',
  'assigned',
  'urgent',
  'snoozed',
  'done',
] as const
export type NotificationFilter = (typeof notificationFilters)[number]

/** The colours of tags; the screens choose the shades. */
export const tagColors = [
  'gray',
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'purple',
  'pink',
] as const
export type TagColor = (typeof tagColors)[number]

/** The reasons for which people may be sent e-mails of what concerns them, the strongest first. */
export const emailReasons = ['mentioned', 'assigned', 'reply'] as const
export type EmailReason = (typeof emailReasons)[number]

/** How many colours avatars have. The server gives people who meet different ones; the screens choose the shades. */
export const avatarColors = 24

export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]
