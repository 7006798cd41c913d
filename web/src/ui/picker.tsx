import { Combobox, useCombobox } from '@mantine/core'
import type { ComboboxStore } from '@mantine/core'
import type { ReactNode } from 'react'

export interface PickerProps {
  opened: boolean
  onChange: (opened: boolean) => void
  /** Where the focus goes when the list closes. Default: to the button. */
  onClosed?: () => void
  /** The button that opens the list. */
  target: (button: OpensPicker) => ReactNode
  position?: 'bottom-start' | 'bottom-end' | 'top'
}

export interface OpensPicker {
  onClick: () => void
  'aria-haspopup': 'listbox'
  'aria-expanded': boolean
}

interface PickerWithOptions extends PickerProps {
  /** The list closes with the first choice. Default: it stays open, so that more than one can be chosen. */
  closesOnPick?: boolean
  /** What the open list has: a search field and options. */
  children: (combobox: ComboboxStore) => ReactNode
}

/** A button that opens a list to search and to choose from. */
export function Picker(props: PickerWithOptions) {
  const { opened, onChange, onClosed, target, position, closesOnPick = false, children } = props
  const combobox = useCombobox({
    opened,
    onOpenedChange: onChange,
    onDropdownClose: onClosed ?? (() => combobox.focusTarget()),
  })
  return (
    <Combobox
      store={combobox}
      position={position ?? 'bottom-start'}
      width={260}
      onOptionSubmit={() => {
        if (closesOnPick) combobox.closeDropdown()
      }}
    >
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        {target({
          onClick: () => combobox.toggleDropdown(),
          'aria-haspopup': 'listbox',
          'aria-expanded': opened,
        })}
      </Combobox.Target>
      <Combobox.Dropdown>{opened && children(combobox)}</Combobox.Dropdown>
    </Combobox>
  )
}
