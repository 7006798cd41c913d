import type { Attachment, Comment } from '@deskbell/contract'
import { memo, useState } from 'react'
import { Markdown } from '../../../ui/markdown/markdown.tsx'
import { RelativeTime } from '../../../ui/marks/relative-time.tsx'
import { exactTime } from '../../../ui/words/time-words.ts'
import { AttachmentGrid } from '../files/attachment-grid.tsx'
import { CommentEditor } from './comment-editor.tsx'
import { CommentFrame } from './comment-frame.tsx'
import classes from './comment-item.module.css'
import { CommentMenu } from './comment-menu.tsx'
import { useKeptEdit } from '../edit/use-kept-edit.ts'

interface CommentItemProps {
  ticketId: string
  ticketNumber: number
  comment: Comment
  seq: number
  /** The address names this comment. */
  linked: boolean
  attachments: readonly Attachment[]
  onOpenImage: (attachmentId: string) => void
}

/** A reply or an internal note, with the actions that its author still has. */
export const CommentItem = memo(function CommentItem(props: CommentItemProps) {
  const { ticketId, ticketNumber, comment, seq, linked, attachments, onOpenImage } = props
  const place = useKeptEdit(`comment.${comment.id}`)
  const [restored] = useState(() => place.get()?.text)
  const [editing, setEditing] = useState(restored !== undefined && restored !== comment.body)
  if (comment.deletedAt !== null)
    return <RemovedComment comment={comment} seq={seq} linked={linked} />
  return (
    <CommentFrame
      author={comment.author}
      internal={comment.internal}
      seq={seq}
      id={comment.id}
      linked={linked}
      about={
        <>
          <RelativeTime at={comment.createdAt} />
          {comment.editedAt !== null && (
            <span title={exactTime(comment.editedAt)}>
              ·{' '}
              {comment.editedBy === null ? (
                'corrected'
              ) : (
                <>
                  edited by <bdi>{comment.editedBy.name}</bdi>
                </>
              )}
            </span>
          )}
        </>
      }
      menu={
        <CommentMenu
          ticketId={ticketId}
          ticketNumber={ticketNumber}
          comment={comment}
          correcting={editing}
          onCorrect={() => setEditing(true)}
        />
      }
    >
      {editing ? (
        <CommentEditor
          ticketId={ticketId}
          comment={comment}
          hasFiles={attachments.length > 0}
          place={place}
          onDone={() => {
            place.clear()
            setEditing(false)
          }}
        />
      ) : (
        comment.body.trim() !== '' && <Markdown text={comment.body} />
      )}
      <AttachmentGrid
        ticketId={ticketId}
        attachments={attachments}
        large
        goesWithLast={comment.body.trim() === ''}
        onOpenImage={onOpenImage}
      />
    </CommentFrame>
  )
})

function RemovedComment({
  comment,
  seq,
  linked,
}: Pick<CommentItemProps, 'comment' | 'seq' | 'linked'>) {
  return (
    <li
      className={classes['removed']}
      data-seq={seq}
      data-comment={comment.id}
      data-linked={linked || undefined}
    >
      {comment.internal ? 'An internal note' : 'A comment'} by <bdi>{comment.author.name}</bdi> was
      removed
      {comment.deletedAt !== null && (
        <>
          , <RelativeTime at={comment.deletedAt} />
        </>
      )}
    </li>
  )
}
