import type { PersonRef } from '@deskbell/contract'
import { Picker } from '../../ui/picker.tsx'
import type { PickerProps } from '../../ui/picker.tsx'
import { PersonOptions } from './person-options.tsx'
import type { Choice } from './person-options.tsx'

export interface PersonMenuProps extends PickerProps {
  /** The question: "Assign to". */
  label: string
  /** Choices before the people. */
  first?: readonly Choice[]
  /** Whether a person can be picked. */
  offers: (person: PersonRef) => boolean
  onPick: (person: PersonRef) => void
  /** The sentence for an empty list. */
  nobody: string
}

/** Picks a person by a few letters of the name. */
export function PersonMenu({ label, first, offers, onPick, nobody, ...picker }: PersonMenuProps) {
  const options = { label, offers, onPick, nobody, ...(first && { first }) }
  return (
    <Picker {...picker} closesOnPick>
      {(combobox) => <PersonOptions {...options} combobox={combobox} />}
    </Picker>
  )
}
