import type { Comment } from '@deskbell/contract'
import { useDesk } from '../../../live/use-desk.ts'
import { ConfirmDialog } from '../../confirm-dialog.tsx'
import { tryChange } from '../edit/try-change.ts'

interface RemoveCommentProps {
  ticketId: string
  comment: Comment
  opened: boolean
  onClose: () => void
}

/** Asks before it removes a comment, which cannot be undone. */
export function RemoveComment({ ticketId, comment, opened, onClose }: RemoveCommentProps) {
  const desk = useDesk()
  const what = comment.internal ? 'note' : 'comment'

  function remove() {
    onClose()
    void tryChange(`The ${what} was not removed`, () => desk.deleteComment(ticketId, comment.id))
  }

  return (
    <ConfirmDialog
      opened={opened}
      title={`Remove this ${what}?`}
      confirm="Remove it"
      onConfirm={remove}
      onCancel={onClose}
    >
      Its text and its files disappear for everyone, from search too. This cannot be undone.
    </ConfirmDialog>
  )
}
