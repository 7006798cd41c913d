import { Combobox, useCombobox } from '@mantine/core'
import type { PersonRef } from '@deskbell/contract'
import type { ReactNode } from 'react'
import { PersonOptions } from './person-options.tsx'
import type { Choice } from './person-options.tsx'

export interface PersonMenuProps {
  /** The question: "Assign to". */
  label: string
  opened: boolean
  onChange: (opened: boolean) => void
  /** Choices before the people. */
  first?: readonly Choice[]
  /** Whether a person can be picked. */
  offers: (person: PersonRef) => boolean
  onPick: (person: PersonRef) => void
  /** The sentence for an empty list. */
  nobody: string
  /** The button that opens the menu. */
  target: (button: OpensMenu) => ReactNode
  position?: 'bottom-start' | 'bottom-end' | 'top'
}

export interface OpensMenu {
  onClick: () => void
  'aria-haspopup': 'listbox'
  'aria-expanded': boolean
}

/** Picks a person by a few letters of the name. */
export function PersonMenu(props: PersonMenuProps) {
  const { opened, onChange, target, position = 'bottom-start', ...options } = props
  const combobox = useCombobox({
    opened,
    onOpenedChange: onChange,
    onDropdownClose: () => combobox.focusTarget(),
  })
  return (
    <Combobox
      store={combobox}
      position={position}
      width={260}
      onOptionSubmit={() => combobox.closeDropdown()}
    >
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        {target({
          onClick: () => combobox.toggleDropdown(),
          'aria-haspopup': 'listbox',
          'aria-expanded': opened,
        })}
      </Combobox.Target>
      <Combobox.Dropdown>
        {opened && <PersonOptions {...options} combobox={combobox} />}
      </Combobox.Dropdown>
    </Combobox>
  )
}
