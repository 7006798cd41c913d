import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { createNextTicket } from '../next-ticket.ts'
import { SplitPage } from '../split-page.tsx'
import { ListPane } from './list-pane.tsx'

/** The list of tickets, and the open one. */
export function TicketsPage() {
  const { ref } = useParams({ strict: false })
  const [next] = useState(createNextTicket)
  const navigate = useNavigate()
  return (
    <SplitPage
      openRef={ref}
      next={next}
      list={(hidden) => <ListPane openRef={ref} hidden={hidden} next={next} />}
      onClose={() => void navigate({ to: '/', search: true })}
    />
  )
}
