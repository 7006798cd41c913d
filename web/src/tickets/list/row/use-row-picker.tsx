import type { ListItem } from '@deskbell/client'
import { useState } from 'react'
import type { PickerProps } from '../../../ui/picker.tsx'
import classes from './row-menu.module.css'
import { placeOf } from './row-place.ts'

export interface RowPickerProps {
  /** The row with the keyboard's focus. */
  row: ListItem | undefined
  /** If rows are selected, all of them change. */
  selected: readonly ListItem[]
  onOpen: () => void
  /** The keyboard goes back to the row. */
  onClose: () => void
}

/** A list that a key opens beside the focused row: for this row, or for all selected rows. */
export function useRowPicker(props: RowPickerProps, label: string) {
  const { row, selected, onOpen, onClose } = props
  const [opened, setOpened] = useState(false)
  const [place, setPlace] = useState({ left: 0, top: 0, height: 0 })
  const tickets = selected.length > 0 ? selected : row === undefined ? [] : [row]

  function onChange(open: boolean) {
    const where = open && tickets.length > 0 ? placeOf(row) : undefined
    if (where !== undefined) setPlace(where)
    setOpened(where !== undefined)
    if (where !== undefined) onOpen()
    else if (open) onClose()
  }

  const picker: PickerProps = {
    opened,
    onChange,
    onClosed: onClose,
    target: (button) => (
      <button
        type="button"
        tabIndex={-1}
        aria-hidden="true"
        aria-label={label}
        className={classes['place']}
        style={place}
        {...button}
      />
    ),
  }
  return { tickets, picker, open: () => onChange(true) }
}
