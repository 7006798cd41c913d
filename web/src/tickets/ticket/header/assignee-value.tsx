import { VisuallyHidden } from '@mantine/core'
import { isUnassigned } from '@deskbell/contract'
import type { PersonRef } from '@deskbell/contract'
import { IconUserPlus } from '@tabler/icons-react'
import { isolated } from '../../../ui/words/isolated.ts'
import { PersonAvatar } from '../../../ui/marks/person-avatar.tsx'
import { Pill } from '../../../ui/marks/pill.tsx'
import classes from './field-button.module.css'

interface AssigneeValueProps {
  assignee: PersonRef | null
  /** The server has not confirmed it yet. */
  pending: boolean
}

/** The assignee of a ticket, as a pill. */
export function AssigneeValue({ assignee, pending }: AssigneeValueProps) {
  return (
    <Pill pending={pending} empty={isUnassigned({ assignee })}>
      {assignee === null ? (
        <IconUserPlus size={14} stroke={1.75} aria-hidden />
      ) : (
        <PersonAvatar person={assignee} size={16} decorative />
      )}
      <VisuallyHidden>Assignee: </VisuallyHidden>
      <span className={classes['name']} title={assignee?.name}>
        {nameOf(assignee)}
      </span>
    </Pill>
  )
}

function nameOf(assignee: PersonRef | null): string {
  if (assignee === null) return 'Unassigned'
  if (!assignee.active) return `${isolated(assignee.name)} (deactivated)`
  return assignee.staff ? assignee.name : `${isolated(assignee.name)} (not staff any more)`
}
