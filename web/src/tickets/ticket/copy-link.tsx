import { Tooltip, UnstyledButton } from '@mantine/core'
import type { Ticket } from '@deskbell/contract'
import { useShortcut } from '../../app/shortcuts.tsx'
import { toast } from '../../notifications/toast.ts'
import classes from './copy-link.module.css'

interface CopyLinkProps {
  ticket: Pick<Ticket, 'number'>
}

/** The number that people say aloud; pressed, it copies the link to the ticket. */
export function CopyLink({ ticket }: CopyLinkProps) {
  async function copy() {
    const url = new URL(`/tickets/${ticket.number}`, window.location.href).href
    const copied = await copyText(url)
    if (copied) toast(`Link to #${ticket.number} copied`)
    else toast('This browser does not let Deskbell copy. Here is the link:', url)
  }

  useShortcut('l', 'Copy the link to this ticket', 'Ticket', () => void copy())

  return (
    <Tooltip label="Copy the link">
      <UnstyledButton
        className={classes['number']}
        aria-label={`Ticket ${ticket.number}. Copy the link`}
        onClick={() => void copy()}
      >
        #{ticket.number}
      </UnstyledButton>
    </Tooltip>
  )
}

/** Whether it worked: on plain http the clipboard is not there at all. */
async function copyText(text: string): Promise<boolean> {
  if (!window.isSecureContext) return false
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
