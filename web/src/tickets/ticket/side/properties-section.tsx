import type { Ticket } from '@deskbell/contract'
import { RelativeTime } from '../../../ui/marks/relative-time.tsx'
import classes from './people-section.module.css'
import { SideSection } from './side-section.tsx'

interface PropertiesSectionProps {
  ticket: Ticket
}

export function PropertiesSection({ ticket }: PropertiesSectionProps) {
  return (
    <SideSection title="Properties">
      <dl className={classes['roles']}>
        <dt>Raised</dt>
        <dd>
          <RelativeTime at={ticket.createdAt} />
        </dd>
        <dt>Last change</dt>
        <dd>
          <RelativeTime at={ticket.updatedAt} />
        </dd>
        <dt>Comments</dt>
        <dd>{ticket.commentCount}</dd>
      </dl>
    </SideSection>
  )
}
