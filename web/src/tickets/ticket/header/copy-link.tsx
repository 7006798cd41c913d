import { Tooltip, UnstyledButton } from '@mantine/core'
import { memo } from 'react'
import { useShortcut } from '../../../shell/shortcuts.tsx'
import { copyAddress } from '../edit/copy-address.ts'
import classes from './copy-link.module.css'

interface CopyLinkProps {
  number: number
}

/** The number of the ticket; pressing it copies the link to the ticket. */
export const CopyLink = memo(function CopyLink({ number }: CopyLinkProps) {
  const copy = () => void copyAddress(`/tickets/${number}`, `Link to #${number} copied`)

  useShortcut('y', 'Copy the link to this ticket', 'Ticket', copy)

  return (
    <Tooltip label="Copy the link">
      <UnstyledButton
        className={classes['number']}
        aria-label={`Ticket ${number}. Copy the link`}
        onClick={copy}
      >
        #{number}
      </UnstyledButton>
    </Tooltip>
  )
})
