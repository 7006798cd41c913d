import { Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useShortcut } from '../../shell/shortcuts.tsx'
import { NextTicketContext, createNextTicket } from '../next-ticket.ts'
import { ListPane } from './list-pane.tsx'
import classes from './tickets-page.module.css'
import { useMediaQuery } from '@mantine/hooks'

/** The list and the open ticket: side by side where there is room, else the ticket in place of the list. */
export function TicketsPage() {
  const { ref } = useParams({ strict: false })
  const wide = useWide()
  const [next] = useState(createNextTicket)
  const navigate = useNavigate()
  // Not the ticket's own: it works while the ticket loads.
  useShortcut('Escape', 'Back to the list', 'Ticket', close, { enabled: ref !== undefined })

  function close() {
    void navigate({ to: '/', search: true })
  }

  return (
    <div className={classes['page']} data-split={(ref !== undefined && wide) || undefined}>
      <ListPane openRef={ref} hidden={ref !== undefined && !wide} next={next} />
      {ref !== undefined && (
        <div className={classes['ticket']}>
          <NextTicketContext value={next}>
            <Outlet />
          </NextTicketContext>
        </div>
      )}
    </div>
  )
}

/** Room for a ticket beside the list. */
function useWide(): boolean {
  return useMediaQuery('(min-width: 1280px)', undefined, { getInitialValueInEffect: false })
}
