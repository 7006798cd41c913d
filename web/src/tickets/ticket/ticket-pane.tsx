import { ActionIcon } from '@mantine/core'
import type { ReactNode } from 'react'
import { BackIcon } from './back-icon.tsx'
import classes from './ticket-pane.module.css'

interface TicketPaneProps {
  onClose: () => void
  children: ReactNode
}

/** The place of a ticket that is not loaded or not there, with the way back. */
export function TicketPane({ onClose, children }: TicketPaneProps) {
  return (
    <section className={classes['pane']} aria-label="Ticket">
      <div className={classes['bar']}>
        <ActionIcon aria-label="Back to the list" onClick={onClose}>
          <BackIcon />
        </ActionIcon>
      </div>
      {children}
    </section>
  )
}
