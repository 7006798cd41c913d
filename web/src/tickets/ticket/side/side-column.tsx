import type { TicketState } from '@deskbell/client'
import { useFields } from '../use-fields.ts'
import { FilesSection } from './files-section.tsx'
import { PeopleSection } from './people-section.tsx'
import { PropertiesSection } from './properties-section.tsx'
import { WatchersSection } from './watchers-section.tsx'

interface SideColumnProps {
  state: Extract<TicketState, { status: 'ready' }>
  onOpenImage: (attachmentId: string) => void
}

/** The people and the files of a ticket. */
export function SideColumn({ state, onOpenImage }: SideColumnProps) {
  const { ticket, attachments } = state
  return (
    <>
      <PeopleSection ticket={useFields(ticket, 'creator', 'assignee')} />
      <WatchersSection
        ticket={useFields(ticket, 'id', 'creator', 'watchers')}
        pending={ticket.pending.includes('watchers')}
      />
      <FilesSection ticket={ticket} attachments={attachments} onOpenImage={onOpenImage} />
      <PropertiesSection ticket={ticket} />
    </>
  )
}
