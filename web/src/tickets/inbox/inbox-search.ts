import { notificationFilters } from '@deskbell/contract'
import type { NotificationFilter } from '@deskbell/contract'

/** The filter of the inbox in the URL. Absent: all that is neither done nor snoozed. */
export interface InboxSearch {
  filter?: NotificationFilter
}

export function readInboxSearch(search: Record<string, unknown>): InboxSearch {
  const filter = notificationFilters.find((name) => name === search['filter'])
  return filter === undefined ? {} : { filter }
}
