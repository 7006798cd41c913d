import { Menu, UnstyledButton } from '@mantine/core'
import { isStaff, isUnassigned, mayTriage } from '@deskbell/contract'
import type { PersonRef, Ticket } from '@deskbell/contract'
import { IconUserOff, IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useShortcut } from '../../app/shortcuts.tsx'
import { useDesk } from '../../live/use-desk.ts'
import { useMe } from '../../live/use-me.ts'
import { PendingClock } from '../../ui/pending-clock.tsx'
import { PersonAvatar } from '../../ui/person-avatar.tsx'
import classes from './field-button.module.css'
import { PersonMenu } from './person-menu.tsx'
import { tryChange } from './try-change.ts'

interface AssigneeMenuProps {
  ticket: Ticket
  pending: boolean
}

/** Who works on it, and for staff the choice of someone else. */
export function AssigneeMenu({ ticket, pending }: AssigneeMenuProps) {
  const desk = useDesk()
  const me = useMe()
  const [opened, setOpened] = useState(false)
  const editable = mayTriage(me)
  const myself: PersonRef = { id: me.id, name: me.name, staff: isStaff(me.role), active: true }
  const mine = ticket.assignee?.id === me.id

  function assign(person: PersonRef | null) {
    const sentence = person === null ? 'is still assigned' : `was not assigned to ${person.name}`
    void tryChange(`#${ticket.number} ${sentence}`, () => desk.assign(ticket.id, person))
  }

  useShortcut('a', 'Assign to someone', 'Ticket', () => setOpened(true), { enabled: editable })
  useShortcut('i', 'Assign to me', 'Ticket', () => assign(myself), { enabled: editable && !mine })

  const shown = <AssigneeValue ticket={ticket} pending={pending} />
  if (!editable) return shown
  return (
    <PersonMenu
      label="Assign to"
      opened={opened}
      onChange={setOpened}
      offers={(person) =>
        person.staff && person.active && person.id !== ticket.assignee?.id && person.id !== me.id
      }
      onPick={assign}
      nobody="Nobody else is on the staff."
      target={
        <UnstyledButton
          className={classes['button']}
          aria-label={`Assignee: ${nameOf(ticket)}. Change it`}
        >
          {shown}
        </UnstyledButton>
      }
    >
      {!mine && (
        <Menu.Item
          leftSection={<PersonAvatar person={myself} size={20} decorative />}
          onClick={() => assign(myself)}
        >
          Me
        </Menu.Item>
      )}
      {ticket.assignee !== null && (
        <Menu.Item
          leftSection={<IconUserOff size={16} stroke={1.75} />}
          onClick={() => assign(null)}
        >
          Nobody
        </Menu.Item>
      )}
    </PersonMenu>
  )
}

function AssigneeValue({ ticket, pending }: AssigneeMenuProps) {
  const { assignee } = ticket
  return (
    <span
      className={classes['value']}
      data-pending={pending || undefined}
      data-empty={isUnassigned(ticket) || undefined}
    >
      {assignee === null ? (
        <IconUserPlus size={14} stroke={1.75} aria-hidden />
      ) : (
        <PersonAvatar person={assignee} size={16} decorative />
      )}
      <span className={classes['name']}>{nameOf(ticket)}</span>
      {pending && <PendingClock />}
    </span>
  )
}

function nameOf({ assignee }: Ticket): string {
  if (assignee === null) return 'Unassigned'
  if (!assignee.active) return `${assignee.name} (deactivated)`
  return assignee.staff ? assignee.name : `${assignee.name} (not staff any more)`
}
