import type { TicketState } from '@deskbell/client'
import { isStaff } from '@deskbell/contract'
import type { Attachment, Role } from '@deskbell/contract'
import { memo, useMemo, useState } from 'react'
import { useMe } from '../../../live/use-me.ts'
import { changedSince } from './changed-since.ts'
import { createGrouping } from './group-blocks.ts'
import { NewMark } from './new-mark.tsx'
import { SeenLine } from '../seen-by/seen-by.tsx'
import type { SeenItems } from '../seen-by/use-seen-items.ts'
import { timelineBlocks } from './timeline-blocks.ts'
import { TimelineGap } from './timeline-gap.tsx'
import { TimelineGroup } from './timeline-group.tsx'
import { TimelineNews } from './timeline-news.tsx'
import classes from './timeline.module.css'
import { UnconfirmedComment } from '../comment/unconfirmed-comment.tsx'

type Ready = Extract<TicketState, { status: 'ready' }>

interface TimelineProps extends Pick<
  Ready,
  'timeline' | 'gaps' | 'attachments' | 'unconfirmed' | 'seenAtOpen'
> {
  ticketId: string
  ticketNumber: number
  seenItems: SeenItems
  /** The comment that the address names. */
  linkedId: string | undefined
  /** Items added before the one that the selector matches must not move it. */
  keepFrom: (selector: string | undefined) => void
  onOpenImage: (attachmentId: string) => void
}

/** Everything that happened, in order: comments in full, changes in a line each. */
export const Timeline = memo(function Timeline(props: TimelineProps) {
  const { ticketId, ticketNumber, timeline, gaps, attachments, unconfirmed } = props
  const { seenAtOpen, seenItems, linkedId, keepFrom, onOpenImage } = props
  const me = useMe()
  const [isCleared, setCleared] = useState(false)
  const reading = { seen: isCleared ? Infinity : seenAtOpen, readerId: me.id }
  const blocks = timelineBlocks(timeline, gaps, reading)
  const [group] = useState(createGrouping)
  const files = useMemo(() => filesByComment(attachments), [attachments])
  const unanswered =
    unconfirmed.length === 0 &&
    gaps.length === 0 &&
    !timeline.some((item) => item.kind === 'comment')
  function newMark() {
    const changed = changedSince(timeline, gaps, reading)
    return <NewMark key="new" changed={changed} onClear={() => setCleared(true)} />
  }

  return (
    <>
      {/* A list for each group: between a list and its items stands nothing else. */}
      <div data-timeline>
        {timeline[0]?.kind === 'created' && (
          <ol className={classes['list']}>
            <SeenLine seq={timeline[0].seq} items={seenItems} />
          </ol>
        )}
        {group(blocks).map(({ key, blocks: [first, ...others] }) => {
          if (first === undefined) return null
          if (first.kind === 'gap')
            return (
              <ol key={key} className={classes['list']}>
                <TimelineGap ticketId={ticketId} gap={first.gap} keepFrom={keepFrom} />
              </ol>
            )
          return (
            <TimelineGroup
              key={key}
              ticketId={ticketId}
              ticketNumber={ticketNumber}
              blocks={[first, ...others]}
              mark={[first, ...others].some(({ kind }) => kind === 'new') ? newMark() : null}
              files={files}
              seenItems={seenItems}
              linkedId={linkedId}
              onOpenImage={onOpenImage}
            />
          )
        })}
        {unconfirmed.length > 0 && (
          <ol className={classes['list']}>
            {unconfirmed.map((comment) => (
              <UnconfirmedComment key={comment.id} comment={comment} />
            ))}
          </ol>
        )}
      </div>
      {unanswered && <p className={classes['empty']}>{unansweredWords(me.role)}</p>}
      <TimelineNews timeline={timeline} readerId={me.id} />
    </>
  )
})

function filesByComment(attachments: readonly Attachment[]): ReadonlyMap<string, Attachment[]> {
  const files = new Map<string, Attachment[]>()
  for (const file of attachments) {
    if (file.commentId === null) continue
    files.set(file.commentId, [...(files.get(file.commentId) ?? []), file])
  }
  return files
}

function unansweredWords(role: Role): string {
  return isStaff(role)
    ? 'No replies yet. Write the first below.'
    : 'No replies yet. They appear here as soon as someone answers.'
}
