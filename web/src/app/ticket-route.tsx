import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { TicketPage } from '../tickets/ticket/ticket-page.tsx'

export function TicketRoute() {
  const { ref } = useParams({ from: '/desk/tickets/tickets/$ref' })
  const search = useSearch({ from: '/desk/tickets' })
  const navigate = useNavigate()
  return <TicketPage key={ref} ticketRef={ref} onClose={() => void navigate({ to: '/', search })} />
}

export function InboxTicketRoute() {
  const { ref } = useParams({ from: '/desk/inbox/$ref' })
  const navigate = useNavigate()
  return (
    <TicketPage
      key={ref}
      ticketRef={ref}
      onClose={() => void navigate({ to: '/inbox', search: true })}
    />
  )
}
