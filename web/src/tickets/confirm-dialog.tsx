import { Button, Modal } from '@mantine/core'
import { memo } from 'react'
import type { ReactNode } from 'react'
import classes from './confirm-dialog.module.css'

interface ConfirmDialogProps {
  opened: boolean
  title: string
  /** What will happen, and whether it can be undone. */
  children: ReactNode
  /** The words on the button, a verb: "Remove the comment". */
  confirm: string
  onConfirm: () => void
  onCancel: () => void
}

/** Asks before something that cannot be undone. Escape changes nothing. A closed dialog renders nothing again. */
export const ConfirmDialog = memo(
  function ConfirmDialog({
    opened,
    title,
    children,
    confirm,
    onConfirm,
    onCancel,
  }: ConfirmDialogProps) {
    return (
      <Modal opened={opened} onClose={onCancel} title={title} size="sm">
        <p className={classes['text']}>{children}</p>
        <div className={classes['buttons']}>
          <Button variant="default" onClick={onCancel} data-autofocus>
            Cancel
          </Button>
          <Button className={classes['danger']} onClick={onConfirm}>
            {confirm}
          </Button>
        </div>
      </Modal>
    )
  },
  (before, after) => !before.opened && !after.opened,
)
