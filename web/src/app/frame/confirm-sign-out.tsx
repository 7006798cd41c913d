import { ConfirmDialog } from '../../tickets/confirm-dialog.tsx'

interface ConfirmSignOutProps {
  opened: boolean
  /** How many changes are not sent yet. */
  waiting: number
  onConfirm: () => void
  onCancel: () => void
}

/** Says before signing out what becomes of the changes that are not sent yet. */
export function ConfirmSignOut({ opened, waiting, onConfirm, onCancel }: ConfirmSignOutProps) {
  return (
    <ConfirmDialog
      opened={opened}
      title="Sign out?"
      confirm="Sign out"
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      {waiting === 1 ? 'One change of yours is' : `${waiting} changes of yours are`} not sent yet.
      What waits stays on this device, unseen by others, until you sign in here again.
    </ConfirmDialog>
  )
}
