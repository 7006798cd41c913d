import type { Attachment } from '@deskbell/contract'
import { useState } from 'react'
import { toastError } from '../../../notifications/toast.ts'
import { useDesk } from '../../../live/use-desk.ts'
import { isolated } from '../../../ui/words/isolated.ts'
import { ConfirmDialog } from '../../confirm-dialog.tsx'
import { AttachmentCard } from './attachment-card.tsx'
import classes from './attachment-grid.module.css'

interface AttachmentGridProps {
  ticketId: string
  attachments: readonly Attachment[]
  /** Shows images as pictures instead of icons. */
  large?: boolean
  /** The comment has no text, so it is removed with its last file. */
  goesWithLast?: boolean
  onOpenImage: (attachmentId: string) => void
}

/** Files as cards, side by side where there is room. */
export function AttachmentGrid({
  ticketId,
  attachments,
  large = false,
  goesWithLast = false,
  onOpenImage,
}: AttachmentGridProps) {
  const desk = useDesk()
  const [removing, setRemoving] = useState<Attachment>()
  if (attachments.length === 0) return null

  async function remove({ id, name }: Attachment) {
    setRemoving(undefined)
    try {
      await desk.deleteAttachment(ticketId, id)
    } catch (error) {
      toastError(`“${isolated(name)}” was not removed`, error)
    }
  }

  return (
    <>
      <ul className={classes['grid']} data-focus-after="[data-adds]">
        {attachments.map((attachment) => (
          <AttachmentCard
            key={attachment.id}
            attachment={attachment}
            large={large}
            onOpenImage={() => onOpenImage(attachment.id)}
            onRemove={() => setRemoving(attachment)}
          />
        ))}
      </ul>
      <ConfirmDialog
        opened={removing !== undefined}
        title="Remove this file?"
        confirm="Remove it"
        onConfirm={() => removing && void remove(removing)}
        onCancel={() => setRemoving(undefined)}
      >
        “<bdi>{removing?.name}</bdi>” disappears for everyone
        {goesWithLast && attachments.length === 1 && ', and with it the comment it came with'}. This
        cannot be undone.
      </ConfirmDialog>
    </>
  )
}
