import { Button } from '@mantine/core'
import { IconEyeOff, IconTicketOff } from '@tabler/icons-react'
import { PageTitle } from '../../shell/page-title.tsx'
import { Message } from '../../ui/message.tsx'
import { KeptDraft } from './kept-draft.tsx'

interface TicketGoneProps {
  ticketRef: string
  /** The reader could see it a moment ago. */
  lost: boolean
  onClose: () => void
}

/** Says that the reader may not see the ticket. The text that they had begun to write stays theirs. */
export function TicketGone({ ticketRef, lost, onClose }: TicketGoneProps) {
  const Icon = lost ? IconEyeOff : IconTicketOff
  return (
    <>
      <PageTitle>No ticket here</PageTitle>
      <Message
        icon={<Icon size={32} stroke={1.5} />}
        title={lost ? 'You can no longer see this ticket' : 'There is no such ticket'}
        heading="page"
        action={
          <Button variant="default" onClick={onClose}>
            Back to the list
          </Button>
        }
      >
        {lost
          ? 'You are not on it any more. Ask a member of staff if you still need it.'
          : 'It is not here, or you may not see it. Check the number, or ask a member of staff to add you.'}
      </Message>
      <KeptDraft ticketRef={ticketRef} />
    </>
  )
}
