import { matchesNotificationFilter } from '@deskbell/contract'
import type { NotificationFilter, NotificationItem } from '@deskbell/contract'
import { useEffect, useMemo } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { useResource } from '../../live/use-resource.ts'
import { isOpenItem } from './is-open-item.ts'
import { useSteadyItems } from './use-steady-items.ts'

/** So many fill a screen. */
const enough = 20

export interface Inbox {
  /** Undefined until known. */
  items: readonly NotificationItem[] | undefined
  more: boolean
  loadMore: () => void
}

/**
 * What the inbox shows with a filter, live; without one all that is neither done nor snoozed. The item of the open ticket
 * stays after it was read.
 */
export function useInbox(
  filter: NotificationFilter | undefined,
  openRef: string | undefined,
): Inbox {
  const desk = useDesk()
  const name = filter === 'done' ? 'doneNotifications' : 'inbox'
  const list = useResource(name)
  const all = list?.items
  const items = useMemo(
    () =>
      all?.filter(
        (item) => isShown(item, filter) || (filter === 'unread' && isOpenItem(item, openRef)),
      ),
    [all, filter, openRef],
  )
  const steady = useSteadyItems(filter ?? 'all', items)
  // What was read for all filters may have little for this one.
  const isShort = list?.more === true && !list.loadingMore && (items?.length ?? 0) < enough
  useEffect(() => {
    if (isShort) desk.loadMoreNotifications(name)
  }, [desk, name, isShort, all])
  return {
    items: steady,
    more: list?.more ?? false,
    loadMore: () => desk.loadMoreNotifications(name),
  }
}

function isShown(item: NotificationItem, filter: NotificationFilter | undefined): boolean {
  if (filter !== undefined) return matchesNotificationFilter(filter, item)
  return !item.done && item.snoozedUntil === null
}
