import { fields, filterFields, pressing, sortOf } from './fields.ts'
import type { FieldFilters, Filter, Sort } from './fields.ts'
import type { FilterFields, TicketRow } from './types.ts'
import type { Role, TagMode } from './vocabulary.ts'
import { activeStatuses, isStaff, priorities } from './vocabulary.ts'

/** Which tickets a list shows. An empty or absent part does not restrict. */
export type TicketFilter = { [N in keyof FieldFilters]?: FieldFilters[N] | undefined } & {
  /** A person's id or `me`. */
  creator?: string | undefined
  /** Ids of tags. */
  tag?: readonly string[] | undefined
  /** Whether a ticket must have any (the default), all or none of the tags. */
  tagMode?: TagMode | undefined
  /** `none`: active tickets that nobody of the staff has looked at. For people who are not staff there are none. */
  eyes?: 'none' | undefined
  q?: string | undefined
}

export const viewNames = [
  'assigned',
  'unassigned',
  'unseenByStaff',
  'created',
  'urgent',
  'open',
  'closed',
] as const
export type ViewName = (typeof viewNames)[number]

/** The views of the rail. Every view but `closed` shows active tickets. Without `sort`, the last changed come first. */
export const views: Record<ViewName, TicketFilter & { sort?: Sort }> = {
  assigned: { status: activeStatuses, assignee: 'me' },
  unassigned: { status: activeStatuses, assignee: 'none' },
  unseenByStaff: { status: activeStatuses, eyes: 'none', sort: pressing },
  created: { status: activeStatuses, creator: 'me' },
  urgent: { status: activeStatuses, priority: ['urgent'] },
  open: { status: activeStatuses },
  closed: { status: ['resolved', 'closed'] },
}

/** The views that make sense for a role, in the order of the rail. */
export function viewsFor(role: Role): ViewName[] {
  return isStaff(role) ? [...viewNames] : ['open', 'created', 'urgent', 'closed']
}

/**
 * Whether a ticket belongs in a list, apart from its search term. The server's SQL applies the same rules. `target`: the
 * tag for which a merged one stands.
 */
export function matchesFilter(
  filter: TicketFilter,
  ticket: FilterFields & { creator: { id: string }; tags: readonly string[] },
  meId: string,
  target: (tagId: string) => string = (id) => id,
): boolean {
  const { creator } = filter
  if (creator !== undefined && ticket.creator.id !== (creator === 'me' ? meId : creator))
    return false
  if (filter.eyes === 'none' && ticket.looked !== false) return false
  if (!matchesTags(filter, ticket.tags, target)) return false
  return filterFields.every((name) => {
    const wanted = filter[name]
    if (wanted === undefined || wanted.length === 0) return true
    const { matches } = fields[name].filter as Filter<unknown, unknown>
    return matches(ticket[name], wanted, meId)
  })
}

function matchesTags(
  { tag = [], tagMode = 'any' }: TicketFilter,
  tags: readonly string[],
  target: (tagId: string) => string,
): boolean {
  if (tag.length === 0) return true
  const there = new Set(tags.map(target))
  const isThere = (id: string) => there.has(target(id))
  if (tagMode === 'all') return tag.every(isThere)
  return tag.some(isThere) === (tagMode === 'any')
}

/** A row's place in a list: rows compare by `[key, number]`, in the direction of the sort. */
export function sortKey(sort: Sort, row: TicketRow): string | number {
  const { by } = sortOf(sort)
  switch (by) {
    case 'updated':
      return row.updatedAt
    case 'created':
      return row.createdAt
    case pressing:
      return priorities.length - 1 - priorities.indexOf(row.priority)
    default: {
      const key = fields[by].sort.key as (value: unknown) => string | number
      return key(row[by])
    }
  }
}
