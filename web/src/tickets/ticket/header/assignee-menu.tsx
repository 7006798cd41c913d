import { UnstyledButton } from '@mantine/core'
import { mayTriage } from '@deskbell/contract'
import type { Ticket } from '@deskbell/contract'
import { memo, useState } from 'react'
import { useShortcut } from '../../../shell/shortcuts.tsx'
import { useMe } from '../../../live/use-me.ts'
import type { TicketEdit } from '../../changes/ticket-edit.ts'
import { AssignMenu } from '../../people/assign-menu.tsx'
import { AssigneeValue } from './assignee-value.tsx'
import classes from './field-button.module.css'

interface AssigneeMenuProps {
  ticket: Pick<Ticket, 'assignee'>
  pending: boolean
  onChange: (edit: TicketEdit) => void
}

/** The assignee, which staff can change. */
export const AssigneeMenu = memo(function AssigneeMenu(props: AssigneeMenuProps) {
  const { ticket, pending, onChange } = props
  const [opened, setOpened] = useState(false)
  const editable = mayTriage(useMe())
  useShortcut('a', 'Assign to someone', 'Ticket', () => setOpened(true), {
    enabled: editable,
  })

  const shown = <AssigneeValue assignee={ticket.assignee} pending={pending} />
  if (!editable) return shown
  return (
    <AssignMenu
      tickets={[ticket]}
      opened={opened}
      onChange={setOpened}
      onAssign={onChange}
      target={(button) => (
        <UnstyledButton className={classes['button']} data-assignee {...button}>
          {shown}
        </UnstyledButton>
      )}
    />
  )
})
