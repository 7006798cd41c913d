import type { OutboxItem } from '@deskbell/client'
import { Modal } from '@mantine/core'
import { useDeskState } from '../../live/use-desk-state.ts'
import classes from './outbox-dialog.module.css'
import { OutboxLine } from './outbox-line.tsx'

interface OutboxDialogProps {
  opened: boolean
  waiting: readonly OutboxItem[]
  onClose: () => void
}

/** Everything of this person that the server does not have yet; what needs a decision comes first. */
export function OutboxDialog({ opened, waiting, onClose }: OutboxDialogProps) {
  const keeps = useDeskState(({ outbox }) => outbox.keeps)
  const isRefused = waiting.some(({ error }) => error !== undefined)
  return (
    <Modal opened={opened} onClose={onClose} title="Not sent yet" size="lg">
      <p className={classes['intro']}>
        {waiting.length === 0
          ? 'Everything is sent.'
          : keeps
            ? isRefused
              ? 'Kept on this device. What was not sent waits for your decision, and with it what you did after it on the same ticket. The rest is sent by itself.'
              : 'Kept on this device, also when you close the browser or sign out. It is sent by itself, in this order, as soon as the server can be reached.'
            : 'This browser cannot keep it: leave this page open until it is sent.'}
      </p>
      <ul className={classes['list']} data-focus-after="[role='dialog'] button">
        {waiting.map((item) => (
          <OutboxLine
            key={item.id}
            item={item}
            newTitle={newTitleOf(item, waiting)}
            isHeld={waiting.some(({ ticketId, error }) => error && ticketId === item.ticketId)}
            onLeave={onClose}
          />
        ))}
      </ul>
    </Modal>
  )
}

function newTitleOf({ ticketId }: OutboxItem, waiting: readonly OutboxItem[]): string | undefined {
  const changes = waiting.filter((other) => other.ticketId === ticketId).map(({ change }) => change)
  return changes.find((change) => change.kind === 'createTicket')?.input.title
}
