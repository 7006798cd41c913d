import type { TicketState } from '@deskbell/client'
import { isStaff } from '@deskbell/contract'
import type { Role } from '@deskbell/contract'
import { useMe } from '../../live/use-me.ts'
import { ChangeRun } from './change-run.tsx'
import { CommentItem } from './comment-item.tsx'
import { NewMark } from './new-mark.tsx'
import { timelineBlocks } from './timeline-blocks.ts'
import { TimelineNews } from './timeline-news.tsx'
import classes from './timeline.module.css'
import { UnconfirmedComment } from './unconfirmed-comment.tsx'

type Ready = Extract<TicketState, { status: 'ready' }>

interface TimelineProps {
  state: Ready
  onOpenImage: (attachmentId: string) => void
}

/** Everything that happened, in order: comments in full, changes in a line. */
export function Timeline({ state, onOpenImage }: TimelineProps) {
  const { ticket, timeline, attachments, unconfirmed, seenAtOpen } = state
  const me = useMe()
  const blocks = timelineBlocks(timeline, seenAtOpen, me.id)
  const unanswered = unconfirmed.length === 0 && !timeline.some((item) => item.kind === 'comment')
  return (
    <>
      <ol className={classes['timeline']}>
        {blocks.map((block) => {
          if (block.kind === 'new') return <NewMark key="new" />
          if (block.kind === 'changes')
            return <ChangeRun key={block.items[0]?.seq} items={block.items} />
          const { comment, seq } = block.item
          return (
            <CommentItem
              key={comment.id}
              ticket={ticket}
              comment={comment}
              seq={seq}
              attachments={attachments.filter((file) => file.commentId === comment.id)}
              onOpenImage={onOpenImage}
            />
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
}

function unansweredWords(role: Role): string {
  return isStaff(role)
    ? 'No replies yet. Write the first below.'
    : 'No replies yet. They appear here as soon as someone answers.'
}
