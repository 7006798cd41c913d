import { mayTriage } from '@deskbell/contract'
import { useMe } from '../../../live/use-me.ts'
import { useShortcut } from '../../../shell/shortcuts.tsx'
import { TagMenu } from '../../tags/tag-menu.tsx'
import { useRowPicker } from './use-row-picker.tsx'
import type { RowPickerProps } from './use-row-picker.tsx'

/** Changes the tags of the focused row, or of all selected rows, by the same key as in an open ticket. */
export function RowTagMenu(props: RowPickerProps) {
  const me = useMe()
  const { tickets, picker, open } = useRowPicker(props, 'Tags')
  useShortcut('l', 'Add or remove tags', 'List', open, { enabled: mayTriage(me) })
  return <TagMenu tickets={tickets} {...picker} />
}
