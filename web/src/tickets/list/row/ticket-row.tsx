import { VisuallyHidden } from '@mantine/core'
import type { ListItem } from '@deskbell/client'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { MouseEvent, ReactNode } from 'react'
import { PendingClock } from '../../../ui/marks/pending-clock.tsx'
import { PriorityMark } from '../../../ui/marks/priority-mark.tsx'
import { RelativeTime } from '../../../ui/marks/relative-time.tsx'
import { foundComment } from '../../found-comment.ts'
import { RowPresence } from '../../presence/row-presence.tsx'
import { RowCheck } from './row-check.tsx'
import { RowCounts } from './row-counts.tsx'
import { RowDraft } from './row-draft.tsx'
import { RowGlow } from './row-glow.tsx'
import { RowLast } from './row-last.tsx'
import { RowPeople } from './row-people.tsx'
import { RowSnippet } from './row-snippet.tsx'
import { RowStatus } from './row-status.tsx'
import { RowTags } from './row-tags.tsx'
import classes from './ticket-row.module.css'
import type { Match } from '@deskbell/contract'
import { MatchParts } from '../../../ui/marks/match-parts.tsx'

interface TicketRowProps {
  row: ListItem
  start: number
  size: number
  index: number
  /** The number of rows in the list; -1 when it is not known. */
  of: number
  narrow: boolean
  /** The lines of the title. */
  lines: 1 | 2
  /** The ticket is not in this list any more. */
  gone: boolean
  glowAt: number | undefined
  /** The ticket is open beside the list. */
  open: boolean
  /** Absent in lists without selection. */
  selected: boolean | undefined
  /** At least one row is selected. */
  selecting: boolean
  onToggle: (id: string) => void
  onExtend: (id: string) => void
}

export const TicketRow = memo(Row)

function Row(props: TicketRowProps) {
  const { row, gone, selected, narrow } = props
  const tags = !gone && <RowTags row={row} narrow={narrow} />
  return (
    // For the keyboard the title is the link; the pointer may use the whole row.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <li
      className={classes['row']}
      onClick={followTitle}
      style={{ height: props.size, transform: `translateY(${props.start}px)` }}
      aria-posinset={props.index + 1}
      aria-setsize={props.of}
      data-narrow={narrow || undefined}
      data-tagged={row.tags.length > 0 || undefined}
      data-lines={props.lines}
      data-unseen={row.seen < row.version || undefined}
      data-gone={gone || undefined}
      data-open={props.open || undefined}
      data-selected={selected || undefined}
      data-plain={selected === undefined || undefined}
      data-selecting={props.selecting || undefined}
      data-number={row.number}
    >
      <RowGlow key={props.glowAt} at={props.glowAt} />
      <RowPresence ticketId={row.id} />
      {selected !== undefined && (
        <RowCheck
          number={row.number}
          checked={selected}
          onToggle={() => props.onToggle(row.id)}
          onExtend={() => props.onExtend(row.id)}
        />
      )}
      <Marked pending={row.pending.includes('priority')}>
        <PriorityMark priority={row.priority} />
      </Marked>
      <span className={classes['number']}>#{row.number}</span>
      <div className={classes['words']}>
        <div className={classes['line']}>
          <RowDraft ticketId={row.id} />
          <RowTitle {...props} />
          {!narrow && tags}
        </div>
        <RowSnippet matches={row.matches} />
      </div>
      {narrow && tags}
      <RowStatus status={row.status} pending={row.pending.includes('status')} />
      {gone ? (
        <span className={classes['left']}>No longer in this list</span>
      ) : (
        <Facts row={row} narrow={narrow} />
      )}
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

function RowTitle({ row, open }: TicketRowProps) {
  const commentId = foundComment(row.matches)
  return (
    <Link
      to="/tickets/$ref"
      params={{ ref: String(row.number) }}
      search={true}
      {...(commentId !== undefined && { hash: commentId })}
      className={classes['title']}
      aria-current={open ? 'true' : undefined}
      title={row.title}
    >
      {row.seen < row.version && <VisuallyHidden>New: </VisuallyHidden>}
      <bdi>
        <Matched text={row.title} match={row.matches?.find((match) => match.in === 'title')} />
      </bdi>
      {row.pending.includes('title') && <PendingClock />}
    </Link>
  )
}

/** A click beside the title acts as a click on it, with the same modifier keys. */
function followTitle({ target, currentTarget, nativeEvent }: MouseEvent<HTMLLIElement>) {
  if (target instanceof Element && target.closest('a, label') !== null) return
  currentTarget.querySelector('a')?.dispatchEvent(new window.MouseEvent('click', nativeEvent))
}

function Facts({ row, narrow }: Pick<TicketRowProps, 'row' | 'narrow'>) {
  return (
    <>
      <RowCounts comments={row.commentCount} attachments={row.attachmentCount} />
      <RowLast row={row} narrow={narrow} />
      <RowPeople row={row} />
      <span className={classes['time']}>
        <RelativeTime at={row.updatedAt} short={narrow} />
      </span>
    </>
  )
}

interface MatchedProps {
  text: string
  match: Match | undefined
}

/** A text with what the search found in it. */
function Matched({ text, match }: MatchedProps) {
  // The row may have a newer title than the one that was searched.
  if (match?.parts.map((part) => part.text).join('') !== text) return text
  return <MatchParts parts={match.parts} />
}
