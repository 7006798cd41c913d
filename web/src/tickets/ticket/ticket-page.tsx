import type { OutboxItem } from '@deskbell/client'
import { useState } from 'react'
import { useEarlyKey } from '../../shell/shortcuts.tsx'
import { useDesk } from '../../live/use-desk.ts'
import { useDeskState } from '../../live/use-desk-state.ts'
import { useTicket } from '../../live/use-ticket.ts'
import { NotLoaded } from '../../shell/not-loaded.tsx'
import { PageTitle } from '../../shell/page-title.tsx'
import { TextsInSight } from '../../ui/markdown/markdown.tsx'
import { isNotFound } from './is-not-found.ts'
import { TicketGone } from './ticket-gone.tsx'
import { TicketPane } from './ticket-pane.tsx'
import { TicketSkeleton } from './ticket-skeleton.tsx'
import { TicketView } from './ticket-view.tsx'
import { useFormatted } from './use-formatted.ts'
import { useOpening } from './use-opening.ts'
import { WaitingTicket } from './waiting-ticket.tsx'

interface TicketPageProps {
  /** The ticket's id or number. */
  ticketRef: string
  onClose: () => void
}

/** One ticket, live, in each of its states: loading, shown, failed or gone. */
export function TicketPage({ ticketRef, onClose }: TicketPageProps) {
  const desk = useDesk()
  const state = useTicket(ticketRef)
  const opened = useOpening(ticketRef, state)
  const inSight = useFormatted(state, opened)
  const isOnItsWay = state.status === 'loading' || (state.status === 'ready' && !inSight)
  useEarlyKey(isOnItsWay)
  const waiting = useWaitingTicket(ticketRef, isOnItsWay)
  if (waiting !== undefined && inSight === undefined)
    return (
      <TicketPane onClose={onClose}>
        <WaitingTicket item={waiting} />
      </TicketPane>
    )

  switch (state.status) {
    case 'loading':
    case 'failed': {
      const error = state.status === 'failed' ? state.error : undefined
      return (
        <TicketPane onClose={onClose}>
          {isNotFound(error) ? (
            <TicketGone ticketRef={ticketRef} lost={false} onClose={onClose} />
          ) : (
            <>
              <PageTitle>Ticket</PageTitle>
              <NotLoaded
                what="The ticket"
                error={error}
                heading="page"
                onRetry={() => void desk.reloadTicket(ticketRef)}
              >
                <TicketSkeleton />
              </NotLoaded>
            </>
          )}
        </TicketPane>
      )
    }
    case 'lost':
      return (
        <TicketPane onClose={onClose}>
          <TicketGone ticketRef={ticketRef} lost onClose={onClose} />
        </TicketPane>
      )
    case 'ready':
      return inSight ? (
        <TextsInSight value={inSight}>
          <TicketView state={state} onClose={onClose} />
        </TextsInSight>
      ) : (
        <TicketPane onClose={onClose}>
          <PageTitle>Ticket</PageTitle>
          <TicketSkeleton />
        </TicketPane>
      )
  }
}

/** A new ticket that the server does not have; or has, but it is not in sight yet: whoever writes below it goes on there. */
function useWaitingTicket(ticketRef: string, isOnItsWay: boolean): OutboxItem | undefined {
  const waiting = useDeskState(({ outbox }) =>
    outbox.items.find(
      ({ ticketId, change }) => ticketId === ticketRef && change.kind === 'createTicket',
    ),
  )
  const [last, setLast] = useState(waiting)
  if (waiting !== undefined && waiting !== last) setLast(waiting)
  return waiting ?? (isOnItsWay ? last : undefined)
}
