import { Button, VisuallyHidden } from '@mantine/core'
import type { NotificationFilter, NotificationItem } from '@deskbell/contract'
import { IconChecks } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useDeskState } from '../../live/use-desk-state.ts'
import { useMe } from '../../live/use-me.ts'
import { PageTitle } from '../../shell/page-title.tsx'
import { rowInPlaceOf } from '../list/rows/row-in-place-of.ts'
import type { NextTicket } from '../next-ticket.ts'
import { InboxBody } from './inbox-body.tsx'
import { InboxFilters, filterWords } from './inbox-filters.tsx'
import { InboxShortcuts } from './inbox-shortcuts.tsx'
import classes from './inbox.module.css'
import { isOpenItem } from './is-open-item.ts'
import { SnoozeByKey } from './snooze-by-key.tsx'
import { useInbox } from './use-inbox.ts'
import { useInboxActs } from './use-inbox-acts.ts'

interface InboxPaneProps {
  /** The number or the id of the open ticket. */
  openRef: string | undefined
  /** Invisible behind the ticket, but keeps its scroll position. */
  hidden: boolean
  next: NextTicket
}

export function InboxPane({ openRef, hidden, next }: InboxPaneProps) {
  const me = useMe()
  const { filter } = useSearch({ from: '/desk/inbox' })
  const inbox = useInbox(filter, openRef)
  const items = inbox.items ?? []
  const all = useInboxActs()
  const unread = useDeskState(({ notificationCount }) => notificationCount?.count ?? 0)
  const list = useRef<HTMLElement>(null)
  const [focused, setFocused] = useState<string>()
  const [snoozing, setSnoozing] = useState<NotificationItem>()
  const navigate = useNavigate()
  const current = items.find((item) =>
    openRef === undefined ? item.ticketId === focused : isOpenItem(item, openRef),
  )

  function open({ ticket }: NotificationItem, replace: boolean) {
    const params = { ref: String(ticket.number) }
    void navigate({ to: '/inbox/$ref', params, search: true, replace })
  }

  function focus({ ticket }: NotificationItem) {
    list.current?.querySelector<HTMLElement>(`li[data-number="${ticket.number}"] a`)?.focus()
  }

  function move(step: number) {
    const at = current === undefined ? -1 : items.indexOf(current)
    const to = items[Math.min(Math.max(at + step, 0), items.length - 1)]
    if (to === undefined) return
    if (openRef === undefined) focus(to)
    else open(to, true)
  }

  /** What took the place of an item that leaves. */
  function heirOf(item: NotificationItem): NotificationItem | undefined {
    const ids = items.map(({ ticketId }) => ticketId)
    const heir = rowInPlaceOf(item.ticketId, ids, new Set(ids.filter((id) => id !== item.ticketId)))
    return items.find(({ ticketId }) => ticketId === heir)
  }

  /** Where the open item leaves the list, the next one opens. */
  function leave(item: NotificationItem) {
    const heir = heirOf(item)
    if (openRef === undefined || !isOpenItem(item, openRef) || !me.settings.autoAdvance) return
    if (heir === undefined) void navigate({ to: '/inbox', search: true })
    else open(heir, true)
  }

  const acts = {
    ...all,
    done(item: NotificationItem) {
      leave(item)
      all.done(item)
    },
    snooze(item: NotificationItem, until: Date | null) {
      if (until !== null) leave(item)
      all.snooze(item, until)
    },
  }

  const openAfter = useEffectEvent(() => move(1))
  useEffect(() => {
    next.offer(() => openAfter())
  }, [next])

  const isPage = openRef === undefined
  const Heading = isPage ? 'h1' : 'h2'
  return (
    <>
      <section ref={list} className={classes['pane']} aria-label="Inbox" hidden={hidden}>
        <div className={classes['header']}>
          {isPage && <PageTitle>{titleOf(filter)}</PageTitle>}
          <Heading className={classes['heading']}>Inbox</Heading>
          <span className={classes['size']} role="status">
            {unread > 0 && `${unread.toLocaleString('en')} unread`}
          </span>
          <Button
            className={classes['all'] ?? ''}
            size="compact-sm"
            variant="default"
            leftSection={<IconChecks size={14} aria-hidden="true" />}
            disabled={filter === 'done' || filter === 'snoozed' || items.length === 0}
            onClick={all.doneAll}
          >
            All done
          </Button>
        </div>
        <InboxFilters filter={filter} />
        <InboxBody
          inbox={inbox}
          filter={filter}
          openRef={openRef}
          acts={acts}
          onFocus={setFocused}
        />
        <VisuallyHidden>
          <output>{inbox.items?.length === 0 ? 'Nothing is left here' : ''}</output>
        </VisuallyHidden>
      </section>
      <SnoozeByKey item={snoozing} acts={acts} onClosed={() => setSnoozing(undefined)} />
      <InboxShortcuts
        current={current}
        isOpen={openRef !== undefined}
        acts={acts}
        onMove={move}
        onOpen={(item) => open(item, false)}
        onSnooze={setSnoozing}
      />
    </>
  )
}

function titleOf(filter: NotificationFilter | undefined): string {
  return filter === undefined ? 'Inbox' : `Inbox: ${filterWords[filter].toLowerCase()}`
}
