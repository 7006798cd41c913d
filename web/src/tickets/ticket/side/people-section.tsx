import type { Ticket } from '@deskbell/contract'
import { useMe } from '../../../live/use-me.ts'
import classes from './people-section.module.css'
import { PersonLine } from './person-line.tsx'
import { SideSection } from './side-section.tsx'

interface PeopleSectionProps {
  ticket: Ticket
}

/** The creator and the assignee. */
export function PeopleSection({ ticket }: PeopleSectionProps) {
  const me = useMe()
  return (
    <SideSection title="People">
      <dl className={classes['roles']}>
        <dt>Raised by</dt>
        <dd>
          <PersonLine person={ticket.creator} readerId={me.id} />
        </dd>
        <dt>Assigned to</dt>
        <dd>
          {ticket.assignee === null ? (
            <span className={classes['nobody']}>Nobody yet</span>
          ) : (
            <PersonLine person={ticket.assignee} readerId={me.id} />
          )}
        </dd>
      </dl>
    </SideSection>
  )
}
