import { UnstyledButton } from '@mantine/core'
import { mayTriage } from '@deskbell/contract'
import type { Ticket } from '@deskbell/contract'
import { useState } from 'react'
import { useShortcut } from '../../../shell/shortcuts.tsx'
import { useMe } from '../../../live/use-me.ts'
import { AssignMenu } from '../../people/assign-menu.tsx'
import { AssigneeValue } from './assignee-value.tsx'
import classes from './field-button.module.css'

interface AssigneeMenuProps {
  ticket: Ticket
  pending: boolean
}

/** The assignee, which staff can change. */
export function AssigneeMenu({ ticket, pending }: AssigneeMenuProps) {
  const [opened, setOpened] = useState(false)
  const editable = mayTriage(useMe())
  useShortcut('a', 'Assign to someone', 'Ticket', () => setOpened(true), {
    enabled: editable,
    opens: true,
  })

  const shown = <AssigneeValue assignee={ticket.assignee} pending={pending} />
  if (!editable) return shown
  return (
    <AssignMenu
      tickets={[ticket]}
      opened={opened}
      onChange={setOpened}
      target={(button) => (
        <UnstyledButton className={classes['button']} {...button}>
          {shown}
        </UnstyledButton>
      )}
    />
  )
}
