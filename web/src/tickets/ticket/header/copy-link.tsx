import { Tooltip, UnstyledButton } from '@mantine/core'
import type { Ticket } from '@deskbell/contract'
import { useShortcut } from '../../../shell/shortcuts.tsx'
import { copyAddress } from '../edit/copy-address.ts'
import classes from './copy-link.module.css'

interface CopyLinkProps {
  ticket: Pick<Ticket, 'number'>
}

/** The number of the ticket; pressing it copies the link to the ticket. */
export function CopyLink({ ticket }: CopyLinkProps) {
  const copy = () =>
    void copyAddress(`/tickets/${ticket.number}`, `Link to #${ticket.number} copied`)

  useShortcut('y', 'Copy the link to this ticket', 'Ticket', copy)

  return (
    <Tooltip label="Copy the link">
      <UnstyledButton
        className={classes['number']}
        aria-label={`Ticket ${ticket.number}. Copy the link`}
        onClick={copy}
      >
        #{ticket.number}
      </UnstyledButton>
    </Tooltip>
  )
}
