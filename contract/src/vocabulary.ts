/** The words of a help desk that both sides share. This file and the ones it imports need no library. */

export const roles = ['sales', 'admin', 'super_admin'] as const
export type Role = (typeof roles)[number]

/** Staff see every ticket and internal notes, and may change anything on a ticket. */
export function isStaff(role: Role): boolean {
  return role !== 'sales'
}

export const statuses = ['open', 'in_progress', 'waiting', 'resolved', 'closed'] as const
export type Status = (typeof statuses)[number]

/** Statuses of tickets on which someone still has something to do. */
export const activeStatuses: readonly Status[] = ['open', 'in_progress', 'waiting']

/** A public reply by the creator or a watching requester takes a ticket in one of these back to `open`. */
export const reopenedByReply: readonly Status[] = ['waiting', 'resolved', 'closed']

/** From least to most pressing; the index is the sort rank. */
export const priorities = ['low', 'medium', 'high', 'urgent'] as const
export type Priority = (typeof priorities)[number]

/** `-` sorts downwards: newest, latest or most urgent first. Ties: the higher ticket number first. */
export const sorts = [
  '-updated',
  'updated',
  '-created',
  'created',
  '-priority',
  'priority',
] as const
export type Sort = (typeof sorts)[number]

export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]
