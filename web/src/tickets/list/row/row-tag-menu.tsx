import { mayTriage } from '@deskbell/contract'
import { useMe } from '../../../live/use-me.ts'
import { useShortcut } from '../../../shell/shortcuts.tsx'
import { useChange } from '../../changes/use-change.ts'
import { WhileOpen } from '../../../ui/while-open.tsx'
import { TagMenu } from '../../tags/tag-menu.tsx'
import { useRowPicker } from './use-row-picker.tsx'
import type { RowPickerProps } from './use-row-picker.tsx'

/** Changes the tags of the focused row, or of all selected rows, by the same key as in an open ticket. */
export function RowTagMenu(props: RowPickerProps) {
  const me = useMe()
  const change = useChange()
  const { tickets, picker, open } = useRowPicker(props, 'Tags')
  useShortcut('l', 'Add or remove tags', 'List', open, { enabled: mayTriage(me) })
  return (
    <WhileOpen opened={picker.opened}>
      <TagMenu tickets={tickets} onEdit={(edit) => void change(tickets, edit)} {...picker} />
    </WhileOpen>
  )
}
