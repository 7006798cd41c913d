import { mayTriage } from '@deskbell/contract'
import type { PersonRef, TicketRow } from '@deskbell/contract'
import { IconUserOff } from '@tabler/icons-react'
import { useMe } from '../../live/use-me.ts'
import type { PickerProps } from '../../ui/picker.tsx'
import { PersonAvatar } from '../../ui/marks/person-avatar.tsx'
import type { TicketEdit } from '../changes/ticket-edit.ts'
import { myRef } from '../my-ref.ts'
import { PersonMenu } from './person-menu.tsx'
import type { Choice } from './person-options.tsx'

interface AssignMenuProps extends PickerProps {
  /** The tickets that get another assignee. */
  tickets: readonly Pick<TicketRow, 'assignee'>[]
  onAssign: (edit: TicketEdit) => void
}

/** Assigns one ticket or several to a person, found by a few letters of the name. */
export function AssignMenu({ tickets, onAssign, ...menu }: AssignMenuProps) {
  const me = useMe()
  if (!mayTriage(me)) return null
  const isOf = (id: string | undefined) => tickets.every(({ assignee }) => assignee?.id === id)

  function assign(to: PersonRef | null) {
    onAssign({ field: 'assignee', to })
  }

  const myself = myRef(me)
  const toMe: Choice = {
    id: 'me',
    label: 'Me',
    icon: <PersonAvatar person={myself} size={20} decorative />,
    onPick: () => assign(myself),
  }
  const toNobody: Choice = {
    id: 'nobody',
    label: 'Nobody',
    icon: <IconUserOff size={20} stroke={1.5} aria-hidden />,
    onPick: () => assign(null),
  }
  return (
    <PersonMenu
      {...menu}
      label={tickets.length > 1 ? `Assign ${tickets.length} tickets to` : 'Assign to'}
      first={[...(isOf(me.id) ? [] : [toMe]), ...(isOf(undefined) ? [] : [toNobody])]}
      offers={({ id, staff, active }) => staff && active && id !== me.id && !isOf(id)}
      onPick={assign}
      nobody="Nobody else is on the staff."
    />
  )
}
