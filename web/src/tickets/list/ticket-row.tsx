import { VisuallyHidden } from '@mantine/core'
import type { ListItem } from '@deskbell/client'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { MouseEvent, ReactNode } from 'react'
import { PendingClock } from '../../ui/pending-clock.tsx'
import { PriorityMark } from '../../ui/priority-mark.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Matched } from './matched.tsx'
import { RowCheck } from './row-check.tsx'
import { RowCounts } from './row-counts.tsx'
import { RowGlow } from './row-glow.tsx'
import { RowPeople } from './row-people.tsx'
import { RowSnippet } from './row-snippet.tsx'
import { RowStatus } from './row-status.tsx'
import classes from './ticket-row.module.css'
import type { RowCursor } from './use-row-cursor.ts'
import type { Selection } from './use-selection.ts'

interface TicketRowProps {
  row: ListItem
  /** Where it is, and which one it is of how many; -1 when nobody knows how many. */
  place: { start: number; size: number; index: number; of: number }
  narrow: boolean
  /** Not in this list any more. */
  gone: boolean
  glowAt: number | undefined
  /** Open beside the list. */
  open: boolean
  cursor: RowCursor
  selection: Selection | undefined
  onExtend: () => void
}

export function TicketRow(props: TicketRowProps) {
  const { row, place, narrow, gone, glowAt, open, cursor, selection, onExtend } = props
  const selected = selection?.ids.has(row.id) ?? false
  return (
    // With the keyboard, the title is the link; the pointer may use the whole row.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <li
      className={classes['row']}
      onClick={followTitle}
      style={{ height: place.size, transform: `translateY(${place.start}px)` }}
      aria-posinset={place.index + 1}
      aria-setsize={place.of}
      data-narrow={narrow || undefined}
      data-unseen={row.seen < row.version || undefined}
      data-gone={gone || undefined}
      data-open={open || undefined}
      data-selected={selected || undefined}
      data-selecting={(selection?.ids.size ?? 0) > 0 || undefined}
      data-number={row.number}
    >
      <RowGlow key={glowAt} at={glowAt} />
      {selection !== undefined && (
        <RowCheck
          number={row.number}
          checked={selected}
          onToggle={() => selection.toggle(row.id)}
          onExtend={onExtend}
        />
      )}
      <Marked pending={row.pending.includes('priority')}>
        <PriorityMark priority={row.priority} />
      </Marked>
      <span className={classes['number']}>#{row.number}</span>
      <div className={classes['words']}>
        <RowTitle row={row} open={open} cursor={cursor} />
        <RowSnippet matches={row.matches} />
      </div>
      <RowStatus status={row.status} pending={row.pending.includes('status')} />
      {gone ? <span className={classes['left']}>No longer in this list</span> : <Facts row={row} />}
    </li>
  )
}

function Marked({ pending, children }: { pending: boolean; children: ReactNode }) {
  return (
    <span className={classes['mark']} data-pending={pending || undefined}>
      {children}
    </span>
  )
}

function RowTitle({ row, open, cursor }: Pick<TicketRowProps, 'row' | 'open' | 'cursor'>) {
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (cursor.takesFocus(row.id)) link.current?.focus({ preventScroll: true })
  })
  return (
    <Link
      ref={link}
      to="/tickets/$ref"
      params={{ ref: String(row.number) }}
      search={true}
      className={classes['title']}
      aria-current={open ? 'true' : undefined}
      title={row.title}
    >
      {row.seen < row.version && <VisuallyHidden>New: </VisuallyHidden>}
      <Matched text={row.title} match={row.matches?.find((match) => match.in === 'title')} />
      {row.pending.includes('title') && <PendingClock />}
    </Link>
  )
}

/** A click beside the title is one on it, with whatever keys are held. */
function followTitle({ target, currentTarget, nativeEvent }: MouseEvent<HTMLLIElement>) {
  if (target instanceof Element && target.closest('a, label') !== null) return
  currentTarget.querySelector('a')?.dispatchEvent(new window.MouseEvent('click', nativeEvent))
}

function Facts({ row }: Pick<TicketRowProps, 'row'>) {
  return (
    <>
      <RowCounts comments={row.commentCount} attachments={row.attachmentCount} />
      <RowPeople row={row} />
      <span className={classes['time']}>
        <RelativeTime at={row.updatedAt} />
      </span>
    </>
  )
}
