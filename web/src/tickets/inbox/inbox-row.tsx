import { ActionIcon, Tooltip, VisuallyHidden } from '@mantine/core'
import type { NotificationItem } from '@deskbell/contract'
import {
  IconBellOff,
  IconBellRinging,
  IconCheck,
  IconClock,
  IconMailOpened,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { memo, useState } from 'react'
import type { ReactNode } from 'react'
import { PriorityMark } from '../../ui/marks/priority-mark.tsx'
import { RelativeTime } from '../../ui/marks/relative-time.tsx'
import { useNow } from '../../ui/clock.tsx'
import classes from './inbox.module.css'
import { reasonWords } from './reason-words.ts'
import { SnoozeMenu } from './snooze-menu.tsx'
import { snoozedWords } from './snoozed-words.ts'
import type { InboxActs } from './use-inbox-acts.ts'

interface InboxRowProps {
  item: NotificationItem
  /** The ticket is open beside the list. */
  open: boolean
  acts: InboxActs
}

/** A ticket of which something concerns the person: which one, why it is here, who wrote last, and when. */
export const InboxRow = memo(function InboxRow(props: InboxRowProps) {
  const { item, open } = props
  const { ticket, unread, at } = item
  const isUnread = unread.length > 0
  return (
    <li
      className={classes['row']}
      data-number={ticket.number}
      data-unread={isUnread || undefined}
      data-open={open || undefined}
    >
      <span className={classes['mark']}>
        <PriorityMark priority={ticket.priority} />
      </span>
      <div className={classes['words']}>
        <Link
          to="/inbox/$ref"
          params={{ ref: String(ticket.number) }}
          search={true}
          className={classes['title'] ?? ''}
          aria-current={open ? 'true' : undefined}
          title={ticket.title}
        >
          {isUnread && <VisuallyHidden>Unread: </VisuallyHidden>}
          <span className={classes['number']}>#{ticket.number}</span>
          <bdi>{ticket.title}</bdi>
        </Link>
        <Why item={item} />
      </div>
      <span className={classes['time']}>
        <RelativeTime at={at} short />
      </span>
      <RowActs {...props} />
    </li>
  )
})

/** Why it is here, and what else is to know. */
function Why({
  item: { reason, unread, snoozedUntil, muted, ticket },
}: {
  item: NotificationItem
}) {
  const { short, why } = reasonWords[reason]
  const now = useNow()
  return (
    <p className={classes['why']}>
      <span title={why}>{short}</span>
      {reason === 'reply' && (
        <span>
          {' '}
          by <bdi>{ticket.lastAuthor.name}</bdi>
        </span>
      )}
      {unread.length > 1 && <span> · {unread.length} new</span>}
      {snoozedUntil !== null && (
        <span> · Snoozed {snoozedWords(new Date(snoozedUntil), new Date(now))}</span>
      )}
      {muted && <span> · Muted</span>}
    </p>
  )
}

function RowActs({ item, acts }: InboxRowProps) {
  const [snoozing, setSnoozing] = useState(false)
  const { number } = item.ticket
  return (
    <span className={classes['acts']} data-open={snoozing || undefined}>
      {item.done ? (
        <Act label={`#${number}: mark as unread`} keys="U" onAct={() => acts.unread(item)}>
          <IconMailOpened size={16} stroke={1.6} />
        </Act>
      ) : (
        <Act label={`#${number}: done`} keys="E" onAct={() => acts.done(item)}>
          <IconCheck size={16} stroke={1.6} />
        </Act>
      )}
      <SnoozeMenu
        opened={snoozing}
        onChange={setSnoozing}
        isSnoozed={item.snoozedUntil !== null}
        onSnooze={(until) => acts.snooze(item, until)}
        target={
          <ActionIcon size="sm" aria-label={`#${number}: snooze`} title="Snooze (H)">
            <IconClock size={16} stroke={1.6} />
          </ActionIcon>
        }
      />
      <Act
        label={item.muted ? `#${number}: unmute` : `#${number}: mute`}
        keys="M"
        onAct={() => acts.mute(item)}
      >
        {item.muted ? (
          <IconBellRinging size={16} stroke={1.6} />
        ) : (
          <IconBellOff size={16} stroke={1.6} />
        )}
      </Act>
    </span>
  )
}

interface ActProps {
  label: string
  keys: string
  onAct: () => void
  children: ReactNode
}

function Act({ label, keys, onAct, children }: ActProps) {
  return (
    <Tooltip label={`${label.replace(/^#\d+: /, '')} (${keys})`} position="bottom">
      <ActionIcon size="sm" aria-label={label} onClick={onAct} data-focus-after="li[data-number] a">
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
