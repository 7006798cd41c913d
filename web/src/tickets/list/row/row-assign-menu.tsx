import type { ListItem } from '@deskbell/client'
import { mayTriage } from '@deskbell/contract'
import { useState } from 'react'
import { useMe } from '../../../live/use-me.ts'
import { useShortcut } from '../../../shell/shortcuts.tsx'
import { useChange } from '../../changes/use-change.ts'
import { AssignMenu } from '../../people/assign-menu.tsx'
import classes from './row-menu.module.css'
import { placeOf } from './row-place.ts'

interface RowAssignMenuProps {
  /** The row with the keyboard's focus. */
  row: ListItem | undefined
  /** If rows are selected, all of them get the assignee. */
  selected: readonly ListItem[]
  /** The selected rows were changed. */
  onChanged: () => void
  onOpen: () => void
  /** The keyboard goes back to the row. */
  onClose: () => void
}

/** Assigns the focused row, or all selected rows, by the same key as an open ticket. */
export function RowAssignMenu(props: RowAssignMenuProps) {
  const { row, selected, onChanged, onOpen, onClose } = props
  const me = useMe()
  const change = useChange()
  const [opened, setOpened] = useState(false)
  const [place, setPlace] = useState({ left: 0, top: 0, height: 0 })
  const tickets = selected.length > 0 ? selected : row === undefined ? [] : [row]

  function toggle(open: boolean) {
    const where = open && tickets.length > 0 ? placeOf(row) : undefined
    if (where !== undefined) setPlace(where)
    setOpened(where !== undefined)
    if (where === undefined) onClose()
    else onOpen()
  }

  useShortcut('a', 'Assign to someone', 'List', () => toggle(true), {
    enabled: mayTriage(me),
  })

  return (
    <AssignMenu
      tickets={tickets}
      opened={opened}
      onChange={toggle}
      onAssign={(edit) => {
        void change(tickets, edit)
        if (selected.length > 0) onChanged()
      }}
      target={(button) => (
        <button
          type="button"
          tabIndex={-1}
          aria-hidden="true"
          aria-label="Assignee"
          className={classes['place']}
          style={place}
          {...button}
          // A closing menu gives the focus back to this button, which passes it on to the row.
          onFocus={onClose}
        />
      )}
    />
  )
}
