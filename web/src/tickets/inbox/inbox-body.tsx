import { Loader } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import type { NotificationFilter } from '@deskbell/contract'
import { useEffect, useEffectEvent } from 'react'
import type { FocusEvent } from 'react'
import { NotLoaded } from '../../shell/not-loaded.tsx'
import { OfflinePill } from '../../shell/offline-pill.tsx'
import { LoadingRows } from '../list/rows/loading-rows.tsx'
import { EmptyInbox } from './empty-inbox.tsx'
import { InboxRow } from './inbox-row.tsx'
import classes from './inbox.module.css'
import { isOpenItem } from './is-open-item.ts'
import type { Inbox } from './use-inbox.ts'
import type { InboxActs } from './use-inbox-acts.ts'

interface InboxBodyProps {
  inbox: Inbox
  filter: NotificationFilter | undefined
  openRef: string | undefined
  acts: InboxActs
  onFocus: (ticketId: string) => void
}

export function InboxBody({ inbox, filter, openRef, acts, onFocus }: InboxBodyProps) {
  const { items, more, loadMore } = inbox
  const follow = ({ target }: FocusEvent) => {
    const number = Number(target.closest('li')?.dataset['number'])
    const item = items?.find(({ ticket }) => ticket.number === number)
    if (item !== undefined) onFocus(item.ticketId)
  }
  if (items === undefined)
    return (
      <NotLoaded what="The inbox">
        <LoadingRows />
      </NotLoaded>
    )
  if (items.length === 0 && !more) return <EmptyInbox filter={filter} />
  return (
    <div className={classes['body']} data-list="inbox">
      <div className={classes['pill']}>{openRef === undefined && <OfflinePill />}</div>
      {/* The rows' links and buttons get the focus. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ol className={classes['rows']} data-focus-after="" onFocus={follow}>
        {items.map((item) => (
          <InboxRow key={item.ticketId} item={item} open={isOpenItem(item, openRef)} acts={acts} />
        ))}
      </ol>
      {more && <End count={items.length} onReached={loadMore} />}
    </div>
  )
}

interface EndProps {
  /** Grows with each page. */
  count: number
  onReached: () => void
}

/** Reads on when it comes into sight. */
function End({ count, onReached }: EndProps) {
  const { ref, entry } = useIntersection()
  const reach = useEffectEvent(onReached)
  const isNear = entry?.isIntersecting === true
  useEffect(() => {
    if (isNear) reach()
  }, [isNear, count])
  return (
    <div ref={ref} className={classes['end']}>
      <Loader size="xs" color="gray" aria-label="Loading more" />
    </div>
  )
}
