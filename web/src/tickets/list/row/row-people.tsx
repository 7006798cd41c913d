import type { ListItem } from '@deskbell/client'
import { isolated } from '../../../ui/words/isolated.ts'
import { PersonAvatar } from '../../../ui/marks/person-avatar.tsx'
import classes from './ticket-row.module.css'

interface RowPeopleProps {
  row: ListItem
}

/** The creator and the assignee. */
export function RowPeople({ row: { creator, assignee, pending } }: RowPeopleProps) {
  return (
    <span className={classes['people']}>
      <span className={classes['creator']}>
        <PersonAvatar person={creator} label={`Raised by ${isolated(creator.name)}`} />
      </span>
      <span data-pending={pending.includes('assignee') || undefined}>
        {assignee === null ? (
          <span
            className={classes['nobody']}
            role="img"
            aria-label="Unassigned"
            title="Unassigned"
          />
        ) : (
          <PersonAvatar person={assignee} label={`Assigned to ${isolated(assignee.name)}`} />
        )}
      </span>
    </span>
  )
}
