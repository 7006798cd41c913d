import { Button } from '@mantine/core'
import { mayMoveTicket, mayTriage } from '@deskbell/contract'
import type { Ticket } from '@deskbell/contract'
import { IconCheck, IconHandStop } from '@tabler/icons-react'
import { memo } from 'react'
import { useMe } from '../../../live/use-me.ts'
import { useShortcut } from '../../../shell/shortcuts.tsx'
import type { TicketEdit } from '../../changes/ticket-edit.ts'
import { myRef } from '../../my-ref.ts'
import { relationshipOf } from '../../relationship-of.ts'
import classes from './ticket-header.module.css'

interface NextStepsProps {
  ticket: Pick<Ticket, 'status' | 'assignee' | 'creator' | 'watchers'>
  onChange: (edit: TicketEdit) => void
}

/** What staff do most: take a ticket, and resolve it, in one click each. */
export const NextSteps = memo(function NextSteps({ ticket, onChange }: NextStepsProps) {
  const me = useMe()
  const takes = mayTriage(me) && ticket.assignee?.id !== me.id
  const { status } = ticket
  const isOver = status === 'resolved' || status === 'closed'
  const resolves = !isOver && mayMoveTicket(me, relationshipOf(me, ticket), status, 'resolved')

  function take() {
    onChange({ field: 'assignee', to: myRef(me) })
  }

  useShortcut('i', 'Assign to me', 'Ticket', take, { enabled: takes })
  if (!takes && !resolves) return null
  return (
    <div className={classes['steps']}>
      {takes && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconHandStop size={14} stroke={1.75} />}
          aria-keyshortcuts="i"
          data-focus-after="[data-assignee]"
          onClick={take}
        >
          Take
        </Button>
      )}
      {resolves && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconCheck size={14} stroke={1.75} />}
          data-focus-after="[data-status]"
          onClick={() => onChange({ field: 'status', to: 'resolved' })}
        >
          Resolve
        </Button>
      )}
    </div>
  )
})
