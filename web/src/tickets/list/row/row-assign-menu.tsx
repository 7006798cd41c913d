import { mayTriage } from '@deskbell/contract'
import { useMe } from '../../../live/use-me.ts'
import { useShortcut } from '../../../shell/shortcuts.tsx'
import { useChange } from '../../changes/use-change.ts'
import { WhileOpen } from '../../../ui/while-open.tsx'
import { AssignMenu } from '../../people/assign-menu.tsx'
import { useRowPicker } from './use-row-picker.tsx'
import type { RowPickerProps } from './use-row-picker.tsx'

interface RowAssignMenuProps extends RowPickerProps {
  /** The selected rows were changed. */
  onChanged: () => void
}

/** Assigns the focused row, or all selected rows, by the same key as an open ticket. */
export function RowAssignMenu({ onChanged, ...props }: RowAssignMenuProps) {
  const me = useMe()
  const change = useChange()
  const { tickets, picker, open } = useRowPicker(props, 'Assignee')
  useShortcut('a', 'Assign to someone', 'List', open, { enabled: mayTriage(me) })
  return (
    <WhileOpen opened={picker.opened}>
      <AssignMenu
        tickets={tickets}
        onAssign={(edit) => {
          void change(tickets, edit)
          if (props.selected.length > 0) onChanged()
        }}
        {...picker}
      />
    </WhileOpen>
  )
}
