import { notificationFilters } from '@deskbell/contract'
import type { NotificationFilter } from '@deskbell/contract'
import { Link } from '@tanstack/react-router'
import classes from './inbox.module.css'

export const filterWords: Record<NotificationFilter, string> = {
  unread: 'Unread',
  mentions: 'Mentions',
  assigned: 'Assigned',
  urgent: 'Urgent',
  snoozed: 'Snoozed',
  done: 'Done',
}

/** What the inbox shows. An open ticket stays open. */
export function InboxFilters({ filter }: { filter: NotificationFilter | undefined }) {
  return (
    <nav className={classes['filters']} aria-label="Filters of the inbox">
      {[undefined, ...notificationFilters].map((name) => (
        <Link
          key={name ?? 'all'}
          to="."
          search={name === undefined ? {} : { filter: name }}
          replace
          className={classes['filter'] ?? ''}
          activeOptions={{ exact: true }}
          aria-current={name === filter ? 'true' : undefined}
        >
          {name === undefined ? 'All' : filterWords[name]}
        </Link>
      ))}
    </nav>
  )
}
