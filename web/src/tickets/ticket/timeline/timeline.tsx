import type { TicketState } from '@deskbell/client'
import { isStaff } from '@deskbell/contract'
import type { Attachment, Role } from '@deskbell/contract'
import { Fragment, memo, useMemo, useState } from 'react'
import { useMe } from '../../../live/use-me.ts'
import { changedSince } from './changed-since.ts'
import { ChangeRun } from './change-run.tsx'
import { CommentItem } from '../comment/comment-item.tsx'
import { NewMark } from './new-mark.tsx'
import { SeenLine } from '../seen-by/seen-by.tsx'
import type { SeenItems } from '../seen-by/use-seen-items.ts'
import { timelineBlocks } from './timeline-blocks.ts'
import { TimelineGap } from './timeline-gap.tsx'
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
  const files = useMemo(() => filesByComment(attachments), [attachments])
  const unanswered =
    unconfirmed.length === 0 &&
    gaps.length === 0 &&
    !timeline.some((item) => item.kind === 'comment')
  return (
    <>
      <ol className={classes['timeline']} data-timeline>
        {timeline[0]?.kind === 'created' && <SeenLine seq={timeline[0].seq} items={seenItems} />}
        {blocks.map((block) => {
          if (block.kind === 'new')
            return (
              <NewMark
                key="new"
                changed={changedSince(timeline, reading)}
                onClear={() => setCleared(true)}
              />
            )
          if (block.kind === 'gap')
            return (
              <TimelineGap
                key={`gap ${gaps.indexOf(block.gap)}`}
                ticketId={ticketId}
                gap={block.gap}
                keepFrom={keepFrom}
              />
            )
          if (block.kind === 'changes')
            return <ChangeRun key={block.items[0]?.seq} items={block.items} />
          const { comment, seq } = block.item
          return (
            <Fragment key={comment.id}>
              <CommentItem
                ticketId={ticketId}
                ticketNumber={ticketNumber}
                comment={comment}
                seq={seq}
                linked={comment.id === linkedId}
                attachments={files.get(comment.id) ?? noFiles}
                onOpenImage={onOpenImage}
              />
              <SeenLine seq={seq} items={seenItems} />
            </Fragment>
          )
        })}
        {unconfirmed.map((comment) => (
          <UnconfirmedComment key={comment.id} comment={comment} />
        ))}
      </ol>
      {unanswered && <p className={classes['empty']}>{unansweredWords(me.role)}</p>}
      <TimelineNews timeline={timeline} readerId={me.id} />
    </>
  )
})

const noFiles: readonly Attachment[] = []

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
