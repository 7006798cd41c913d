import { UnstyledButton } from '@mantine/core'
import { mayTriage } from '@deskbell/contract'
import type { PersonRef, Ticket } from '@deskbell/contract'
import { IconUserOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useShortcut } from '../../../shell/shortcuts.tsx'
import { myRef } from '../../my-ref.ts'
import { useMe } from '../../../live/use-me.ts'
import { PersonAvatar } from '../../../ui/marks/person-avatar.tsx'
import { AssigneeValue } from './assignee-value.tsx'
import classes from './field-button.module.css'
import { PersonMenu } from '../edit/person-menu.tsx'
import type { Choice } from '../edit/person-options.tsx'
import { useChange } from '../../changes/use-change.ts'

interface AssigneeMenuProps {
  ticket: Ticket
  pending: boolean
}

/** The assignee, which staff can change. */
export function AssigneeMenu({ ticket, pending }: AssigneeMenuProps) {
  const change = useChange()
  const me = useMe()
  const [opened, setOpened] = useState(false)
  const editable = mayTriage(me)
  const { assignee } = ticket
  const myself = myRef(me)

  function assign(person: PersonRef | null) {
    void change([ticket], { field: 'assignee', to: person })
  }

  useShortcut('a', 'Assign to someone', 'Ticket', () => setOpened(true), {
    enabled: editable,
    opens: true,
  })
  useShortcut('i', 'Assign to me', 'Ticket', () => assign(myself), {
    enabled: editable && assignee?.id !== me.id,
  })

  const shown = <AssigneeValue assignee={assignee} pending={pending} />
  if (!editable) return shown
  const toMe = {
    id: 'me',
    label: 'Me',
    icon: <Picture person={myself} />,
    onPick: () => assign(myself),
  }
  const first: Choice[] = assignee?.id === me.id ? [] : [toMe]
  if (assignee !== null)
    first.push({ id: 'nobody', label: 'Nobody', icon: nobody, onPick: () => assign(null) })
  return (
    <PersonMenu
      label="Assign to"
      opened={opened}
      onChange={setOpened}
      first={first}
      offers={({ id, staff, active }) => staff && active && id !== me.id && id !== assignee?.id}
      onPick={assign}
      nobody="Nobody else is on the staff."
      target={(button) => (
        <UnstyledButton className={classes['button']} {...button}>
          {shown}
        </UnstyledButton>
      )}
    />
  )
}

const nobody = <IconUserOff size={20} stroke={1.5} aria-hidden />

function Picture({ person }: { person: PersonRef }) {
  return <PersonAvatar person={person} size={20} decorative />
}
