interface TicketPageProps {
  ticketRef: string
  onClose: () => void
}

export function TicketPage({ ticketRef }: TicketPageProps) {
  return <h1>Ticket {ticketRef}</h1>
}
