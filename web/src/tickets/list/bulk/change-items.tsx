import { Menu } from '@mantine/core'
import { priorities, statuses } from '@deskbell/contract'
import type { Status } from '@deskbell/contract'
import { PriorityMark } from '../../../ui/marks/priority-mark.tsx'
import { StatusIcon } from '../../../ui/marks/status-icon.tsx'
import { priorityWords, statusWords } from '../../../ui/words/words.ts'
import type { TicketEdit } from '../../changes/ticket-edit.ts'

export type ChangedField = 'status' | 'priority'

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
  }
}
