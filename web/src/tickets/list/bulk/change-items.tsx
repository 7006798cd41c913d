import { Menu } from '@mantine/core'
import { priorities, statuses } from '@deskbell/contract'
import type { PersonRef, Status } from '@deskbell/contract'
import { IconUserOff } from '@tabler/icons-react'
import { myRef } from '../../my-ref.ts'
import { useMe } from '../../../live/use-me.ts'
import { PersonAvatar } from '../../../ui/marks/person-avatar.tsx'
import { PriorityMark } from '../../../ui/marks/priority-mark.tsx'
import { StatusIcon } from '../../../ui/marks/status-icon.tsx'
import { priorityWords, statusWords } from '../../../ui/words/words.ts'
import { PersonItems } from './person-items.tsx'
import type { TicketEdit } from '../../changes/ticket-edit.ts'

export type ChangedField = 'status' | 'priority' | 'assignee'

interface ChangeItemsProps {
  field: ChangedField
  /** The statuses to which the tickets may move. */
  moves?: readonly Status[]
  onChange: (edit: TicketEdit) => void
}

/** The possible values of a field, as items of a menu. */
export function ChangeItems({ field, moves = statuses, onChange }: ChangeItemsProps) {
  switch (field) {
    case 'status':
      return moves.map((status) => (
        <Menu.Item
          key={status}
          leftSection={<StatusIcon status={status} />}
          onClick={() => onChange({ field, to: status })}
        >
          {statusWords[status]}
        </Menu.Item>
      ))
    case 'priority':
      return priorities.toReversed().map((priority) => (
        <Menu.Item
          key={priority}
          leftSection={<PriorityMark priority={priority} decorative />}
          onClick={() => onChange({ field, to: priority })}
        >
          {priorityWords[priority]}
        </Menu.Item>
      ))
    case 'assignee':
      return <AssignItems onChoose={(person) => onChange({ field, to: person })} />
  }
}

function AssignItems({ onChoose }: { onChoose: (person: PersonRef | null) => void }) {
  const me = myRef(useMe())
  return (
    <>
      <Menu.Item
        leftSection={<PersonAvatar person={me} size={20} decorative />}
        onClick={() => onChoose(me)}
      >
        Me
      </Menu.Item>
      <Menu.Item
        leftSection={<IconUserOff size={20} stroke={1.5} color="var(--text-quiet)" />}
        onClick={() => onChoose(null)}
      >
        Nobody
      </Menu.Item>
      <Menu.Divider />
      <PersonItems onChoose={onChoose} />
    </>
  )
}
