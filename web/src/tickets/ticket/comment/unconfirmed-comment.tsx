import type { PendingComment } from '@deskbell/client'
import { useMe } from '../../../live/use-me.ts'
import { Markdown } from '../../../ui/markdown/markdown.tsx'
import { PendingClock } from '../../../ui/marks/pending-clock.tsx'
import { isStaff } from '@deskbell/contract'
import { CommentFrame } from './comment-frame.tsx'

interface UnconfirmedCommentProps {
  comment: PendingComment
}

/** A comment by the reader that the server has not confirmed yet. */
export function UnconfirmedComment({ comment }: UnconfirmedCommentProps) {
  const me = useMe()
  const author = { id: me.id, name: me.name, staff: isStaff(me.role), active: true }
  const files = comment.attachmentIds.length
  return (
    <CommentFrame
      author={author}
      internal={comment.internal}
      pending
      about={
        <>
          <PendingClock /> Sending
          {files > 0 && ` with ${files === 1 ? 'a file' : `${files} files`}`}
        </>
      }
    >
      {comment.body.trim() !== '' && <Markdown text={comment.body} />}
    </CommentFrame>
  )
}
