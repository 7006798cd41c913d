import type { TicketState } from '@deskbell/client'
import { isBy, mayEditTicket } from '@deskbell/contract'
import { IconArrowDown } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { KeyboardEvent, Ref } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { useMe } from '../../live/use-me.ts'
import { OfflinePill } from '../../shell/offline-pill.tsx'
import { Composer } from '../composer/composer.tsx'
import type { DropTarget } from '../composer/composer.tsx'
import classes from './conversation.module.css'
import { TypingLine } from '../presence/typing-line.tsx'
import { relationshipOf } from '../relationship-of.ts'
import { TicketDescription } from './ticket-description.tsx'
import { Timeline } from './timeline/timeline.tsx'
import { useLinkedComment } from './timeline/use-linked-comment.ts'
import { usePrint } from './timeline/use-print.ts'
import { useSeenItems } from './seen-by/use-seen-items.ts'
import { useFields } from './use-fields.ts'
import { useMarkSeen } from './use-mark-seen.ts'
import { useTimelineScroll } from './timeline/use-timeline-scroll.ts'

interface ConversationProps {
  state: Extract<TicketState, { status: 'ready' }>
  composer: Ref<DropTarget>
  onOpenImage: (attachmentId: string) => void
}

/** The timeline, and below it the composer. */
export function Conversation({ state, composer, onOpenImage }: ConversationProps) {
  const { ticket, timeline, gaps, attachments, unconfirmed, seenAtOpen } = state
  const desk = useDesk()
  const me = useMe()
  const linkedId = useLinkedComment(state)
  const scroll = useTimelineScroll(newestOf(state, me.id), {
    shown: timeline,
    startsAtTop: seenAtOpen === 0,
    linkedId,
  })
  const { frame, content, atEnd, newsBelow, toEnd } = scroll
  const ownFiles = useMemo(
    () => attachments.filter((file) => file.commentId === null),
    [attachments],
  )
  const seenItems = useSeenItems(state)
  const [first] = timeline
  const createdSeq = first?.kind === 'created' ? first.seq : undefined
  useMarkSeen(ticket, { frame, atEnd, createdSeq })
  usePrint(state)

  /**
   * If the beginning is not loaded, Home loads it: by default the key would only scroll to the middle of the history.
   */
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Home' || event.target !== frame.current || gaps[0]?.after !== null) return
    event.preventDefault()
    void desk.loadTimeline(ticket.id, { around: 0 }).then(scroll.toTop, scroll.toTop)
  }

  return (
    <div className={classes['conversation']}>
      <div className={classes['offline']}>
        <OfflinePill />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        className={classes['scroll']}
        ref={frame}
        role="region"
        aria-label="History"
        // A scrolling element takes the focus, so that arrow keys and Page Down work.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        data-timeline-frame
        data-focus-after="[data-timeline-frame]"
        onKeyDown={onKeyDown}
      >
        <div className={classes['content']} ref={content}>
          <TicketDescription
            ticket={useFields(ticket, 'id', 'version', 'description', 'creator', 'createdAt')}
            attachments={ownFiles}
            pending={ticket.pending.includes('description')}
            editable={mayEditTicket(me, relationshipOf(me, ticket), ticket.status)}
            onOpenImage={onOpenImage}
          />
          <Timeline
            ticketId={ticket.id}
            ticketNumber={ticket.number}
            timeline={timeline}
            gaps={gaps}
            attachments={attachments}
            unconfirmed={unconfirmed}
            seenAtOpen={seenAtOpen}
            seenItems={seenItems}
            linkedId={linkedId}
            keepFrom={scroll.keepFrom}
            onOpenImage={onOpenImage}
          />
        </div>
      </div>
      {newsBelow && (
        <button
          type="button"
          className={classes['news']}
          data-focus-after="[data-timeline-frame]"
          onClick={toEnd}
        >
          New below <IconArrowDown size={14} aria-hidden />
        </button>
      )}
      <TypingLine ticketId={ticket.id} />
      <Composer ref={composer} state={state} />
    </div>
  )
}

/** The end of the timeline; pending comments come after everything that is confirmed. */
function newestOf({ timeline, unconfirmed }: ConversationProps['state'], readerId: string) {
  const last = timeline.at(-1)
  return {
    seq: (last?.seq ?? 0) + unconfirmed.length,
    own: unconfirmed.length > 0 || (last !== undefined && isBy(last.actor, readerId)),
  }
}
