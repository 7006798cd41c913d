import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { createNextTicket } from '../next-ticket.ts'
import { SplitPage } from '../split-page.tsx'
import { InboxPane } from './inbox-pane.tsx'

/** What concerns the person, and the open ticket. */
export function InboxPage() {
  const { ref } = useParams({ strict: false })
  const [next] = useState(createNextTicket)
  const navigate = useNavigate()
  return (
    <SplitPage
      openRef={ref}
      next={next}
      list={(hidden) => <InboxPane openRef={ref} hidden={hidden} next={next} />}
      onClose={() => void navigate({ to: '/inbox', search: true })}
    />
  )
}
