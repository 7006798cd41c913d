import type { Ticket } from '@deskbell/contract'
import { memo } from 'react'
import { useMe } from '../../../live/use-me.ts'
import classes from './people-section.module.css'
import { PersonLine } from './person-line.tsx'
import { SideSection } from './side-section.tsx'

interface PeopleSectionProps {
  ticket: Pick<Ticket, 'creator' | 'assignee'>
}

/** The creator and the assignee. */
export const PeopleSection = memo(function PeopleSection({ ticket }: PeopleSectionProps) {
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
})
