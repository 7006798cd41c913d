import type { PendingComment } from '@deskbell/client'
import { myRef } from '../../my-ref.ts'
import { useDeskState } from '../../../live/use-desk-state.ts'
import { useMe } from '../../../live/use-me.ts'
import { Markdown } from '../../../ui/markdown/markdown.tsx'
import { PendingClock } from '../../../ui/marks/pending-clock.tsx'
import { useWaitsFor } from '../../../ui/waits-for.ts'
import { CommentFrame } from './comment-frame.tsx'

interface UnconfirmedCommentProps {
  comment: PendingComment
}

/** A comment by the reader that the server has not confirmed yet. */
export function UnconfirmedComment({ comment }: UnconfirmedCommentProps) {
  const me = useMe()
  const author = myRef(me)
  const waitsFor = useWaitsFor()
  const isWaiting = useDeskState(({ outbox }) =>
    outbox.items.some((item) => item.id === comment.id && item.isWaiting),
  )
  const files = comment.attachmentIds.length
  return (
    <CommentFrame
      author={author}
      internal={comment.internal}
      pending
      about={
        <>
          <PendingClock /> {waitsFor ?? (isWaiting ? 'Not sent yet' : 'Sending')}
          {files > 0 && ` with ${files === 1 ? 'a file' : `${files} files`}`}
        </>
      }
    >
      {comment.body.trim() !== '' && <Markdown text={comment.body} />}
    </CommentFrame>
  )
}
