import { IconChevronRight } from '@tabler/icons-react'
import type { ListItem } from '@deskbell/client'
import { isolated } from '../../../ui/words/isolated.ts'
import { PersonAvatar } from '../../../ui/marks/person-avatar.tsx'
import classes from './ticket-row.module.css'

interface RowPeopleProps {
  row: ListItem
}

/** Who asked, by name where there is room, and who is to act. */
export function RowPeople({ row: { creator, assignee, pending } }: RowPeopleProps) {
  return (
    <span className={classes['people']}>
      <span className={classes['creator']}>
        <PersonAvatar person={creator} label={`Raised by ${isolated(creator.name)}`} />
        <bdi className={classes['name']} aria-hidden="true">
          {creator.name}
        </bdi>
      </span>
      <IconChevronRight size={12} className={classes['arrow']} aria-hidden="true" />
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
