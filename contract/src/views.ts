import type { FilterFields, TicketRow } from './types.ts'
import type { Priority, Role, Sort, Status } from './vocabulary.ts'
import { activeStatuses, isStaff, priorities } from './vocabulary.ts'

/** Which tickets a list shows. An empty or absent part does not restrict. */
export interface TicketFilter {
  status?: readonly Status[] | undefined
  priority?: readonly Priority[] | undefined
  /** A person's id, `me`, or `none`: no assignee who could act on the ticket. */
  assignee?: string | undefined
  /** A person's id or `me`. */
  creator?: string | undefined
  q?: string | undefined
}

export const viewNames = ['assigned', 'unassigned', 'created', 'urgent', 'open', 'closed'] as const
export type ViewName = (typeof viewNames)[number]

/** The views of the rail. Every view but `closed` shows active tickets. */
export const views: Record<ViewName, TicketFilter> = {
  assigned: { status: activeStatuses, assignee: 'me' },
  unassigned: { status: activeStatuses, assignee: 'none' },
  created: { status: activeStatuses, creator: 'me' },
  urgent: { status: activeStatuses, priority: ['urgent'] },
  open: { status: activeStatuses },
  closed: { status: ['resolved', 'closed'] },
}

/** The views that make sense for a role, in the order of the rail. */
export function viewsFor(role: Role): ViewName[] {
  return isStaff(role) ? [...viewNames] : ['open', 'created', 'urgent', 'closed']
}

/** A ticket whose assignee is deactivated or no longer staff counts as unassigned, though the assignee stays on it. */
export function isUnassigned(ticket: Pick<FilterFields, 'assignee'>): boolean {
  return ticket.assignee === null || !ticket.assignee.active || !ticket.assignee.staff
}

/** Whether a ticket belongs in a list, apart from its search term. The server's SQL applies the same rules. */
export function matchesFilter(
  filter: TicketFilter,
  ticket: FilterFields & { creator: { id: string } },
  meId: string,
): boolean {
  const { status, priority, assignee, creator } = filter
  if (status?.length && !status.includes(ticket.status)) return false
  if (priority?.length && !priority.includes(ticket.priority)) return false
  if (creator !== undefined && ticket.creator.id !== (creator === 'me' ? meId : creator))
    return false
  if (assignee === undefined) return true
  if (assignee === 'none') return isUnassigned(ticket)
  return ticket.assignee?.id === (assignee === 'me' ? meId : assignee)
}

/** A row's place in a list: rows compare by `[key, number]`, in the direction of the sort. */
export function sortKey(sort: Sort, row: TicketRow): string | number {
  switch (sort) {
    case '-updated':
    case 'updated':
      return row.updatedAt
    case '-created':
    case 'created':
      return row.createdAt
    case '-priority':
    case 'priority':
      return priorities.indexOf(row.priority)
  }
}
