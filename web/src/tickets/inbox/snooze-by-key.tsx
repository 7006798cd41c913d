import type { NotificationItem } from '@deskbell/contract'
import { placeOf } from '../list/row/row-place.ts'
import classes from './inbox.module.css'
import { SnoozeMenu } from './snooze-menu.tsx'
import type { InboxActs } from './use-inbox-acts.ts'

interface SnoozeByKeyProps {
  /** The item for which a key opened the menu. */
  item: NotificationItem | undefined
  acts: InboxActs
  onClosed: () => void
}

/** The menu of times beside the row, or at the top of the page where a ticket takes the place of the list. */
export function SnoozeByKey({ item, acts, onClosed }: SnoozeByKeyProps) {
  const row = item && placeOf(item.ticket)
  const place =
    row === undefined || row.height === 0
      ? { left: window.innerWidth / 2, top: 64, height: 1 }
      : row
  return (
    <SnoozeMenu
      position="bottom-start"
      opened={item !== undefined}
      onChange={(opened) => !opened && onClosed()}
      isSnoozed={item !== undefined && item.snoozedUntil !== null}
      onSnooze={(until) => {
        onClosed()
        if (item !== undefined) acts.snooze(item, until)
      }}
      target={
        <button
          type="button"
          tabIndex={-1}
          aria-hidden="true"
          aria-label="Snooze"
          className={classes['place']}
          style={place}
        />
      }
    />
  )
}
