import { useMediaQuery } from '@mantine/hooks'
import { Outlet } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useShortcut } from '../shell/shortcuts.tsx'
import { NextTicketContext } from './next-ticket.ts'
import type { NextTicket } from './next-ticket.ts'
import classes from './split-page.module.css'

interface SplitPageProps {
  /** The number or the id of the open ticket. */
  openRef: string | undefined
  next: NextTicket
  /** `hidden`: invisible behind the ticket, but keeps its scroll position. */
  list: (hidden: boolean) => ReactNode
  onClose: () => void
}

/** A list and the open ticket: side by side where there is room, else the ticket in place of the list. */
export function SplitPage({ openRef, next, list, onClose }: SplitPageProps) {
  const wide = useWide()
  // Not the ticket's own: it works while the ticket loads.
  useShortcut('Escape', 'Back to the list', 'Ticket', onClose, { enabled: openRef !== undefined })
  return (
    <div className={classes['page']} data-split={(openRef !== undefined && wide) || undefined}>
      {list(openRef !== undefined && !wide)}
      {openRef !== undefined && (
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
