import type { ListItem } from '@deskbell/client'
import { mayTriage } from '@deskbell/contract'
import { useState } from 'react'
import { useMe } from '../../../live/use-me.ts'
import { useShortcut } from '../../../shell/shortcuts.tsx'
import { TagMenu } from '../../tags/tag-menu.tsx'
import classes from './row-menu.module.css'
import { placeOf } from './row-place.ts'

interface RowTagMenuProps {
  /** The row with the keyboard's focus. */
  row: ListItem | undefined
  /** If rows are selected, the tags of all of them change. */
  selected: readonly ListItem[]
  onOpen: () => void
  /** The keyboard goes back to the row. */
  onClose: () => void
}

/** Changes the tags of the focused row, or of all selected rows, by the same key as in an open ticket. */
export function RowTagMenu({ row, selected, onOpen, onClose }: RowTagMenuProps) {
  const me = useMe()
  const [opened, setOpened] = useState(false)
  const [place, setPlace] = useState({ left: 0, top: 0, height: 0 })
  const tickets = selected.length > 0 ? selected : row === undefined ? [] : [row]

  function change(open: boolean) {
    const where = open && tickets.length > 0 ? placeOf(row) : undefined
    if (where !== undefined) setPlace(where)
    setOpened(where !== undefined)
    if (where !== undefined) onOpen()
    else if (open) onClose()
  }

  useShortcut('l', 'Add or remove tags', 'List', () => change(true), { enabled: mayTriage(me) })

  return (
    <TagMenu
      tickets={tickets}
      opened={opened}
      onChange={change}
      onClosed={onClose}
      target={(button) => (
        <button
          type="button"
          tabIndex={-1}
          aria-hidden="true"
          aria-label="Tags"
          className={classes['place']}
          style={place}
          {...button}
        />
      )}
    />
  )
}
