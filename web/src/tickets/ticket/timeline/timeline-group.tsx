import type { Attachment } from '@deskbell/contract'
import { Fragment, memo } from 'react'
import type { ReactNode } from 'react'
import { CommentItem } from '../comment/comment-item.tsx'
import { SeenLine } from '../seen-by/seen-by.tsx'
import type { SeenItems } from '../seen-by/use-seen-items.ts'
import { ChangeRun } from './change-run.tsx'
import type { TimelineBlock } from './timeline-blocks.ts'
import classes from './timeline-group.module.css'

interface TimelineGroupProps {
  ticketId: string
  ticketNumber: number
  blocks: readonly TimelineBlock[]
  /** Stands before the first unseen block, if that is one of these. */
  mark: ReactNode
  /** By the id of their comment. */
  files: ReadonlyMap<string, readonly Attachment[]>
  seenItems: SeenItems
  /** The comment that the address names. */
  linkedId: string | undefined
  onOpenImage: (attachmentId: string) => void
}

/** Some blocks of a timeline that stand together. */
export const TimelineGroup = memo(function TimelineGroup(props: TimelineGroupProps) {
  const { ticketId, ticketNumber, blocks, mark, files, seenItems, linkedId, onOpenImage } = props
  return (
    <ol ref={rest} className={classes['group']}>
      {blocks.map((block) => {
        if (block.kind === 'new') return mark
        if (block.kind === 'changes')
          return <ChangeRun key={block.items[0]?.seq} items={block.items} />
        if (block.kind === 'gap') return null
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
    </ol>
  )
}, showTheSame)

const noFiles: readonly Attachment[] = []

function showTheSame(one: TimelineGroupProps, other: TimelineGroupProps): boolean {
  return (
    one.mark === other.mark &&
    one.files === other.files &&
    one.linkedId === other.linkedId &&
    one.blocks.length === other.blocks.length &&
    one.blocks.every((block, index) => isSame(block, other.blocks[index])) &&
    one.blocks.every((block) => isSeenAlike(block, one.seenItems, other.seenItems))
  )
}

function isSame(one: TimelineBlock, other: TimelineBlock | undefined): boolean {
  if (one.kind === 'comment' && other?.kind === 'comment') return one.item === other.item
  // A run of changes compares its items itself.
  return one.kind === 'new' && other?.kind === 'new'
}

function isSeenAlike(block: TimelineBlock, one: SeenItems, other: SeenItems): boolean {
  if (block.kind !== 'comment') return true
  const { seq } = block.item
  const team = ({ byTeam, teamLooks }: SeenItems) =>
    [byTeam, teamLooks].find((looks) => looks?.seq === seq)
  return one.receipts.get(seq) === other.receipts.get(seq) && team(one) === team(other)
}

/**
 * From when it is first out of sight, a group rests there: frames cost nothing for it. The browser has laid it out by then
 * and remembers its size, so nothing moves when it comes back.
 */
function rest(group: HTMLElement | null): (() => void) | undefined {
  if (group === null) return undefined
  const observer = new IntersectionObserver(([entry]) => {
    if (entry?.isIntersecting !== false) return
    observer.disconnect()
    group.toggleAttribute('data-rests', true)
  })
  observer.observe(group)
  return () => observer.disconnect()
}
