import { Combobox, useCombobox } from '@mantine/core'
import type { ComboboxProps } from '@mantine/core'
import type { Tag, TicketRow } from '@deskbell/contract'
import type { ReactNode } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { useTags } from '../../live/use-tags.ts'
import { toastError } from '../../notifications/toast.ts'
import { isolated } from '../../ui/words/isolated.ts'
import { TagOptions } from './tag-options.tsx'
import type { Having, NewTag } from './tag-options.tsx'
import { useChange } from '../changes/use-change.ts'

interface TagMenuProps {
  /** The tickets whose tags are chosen. */
  tickets: readonly TicketRow[]
  opened: boolean
  onChange: (opened: boolean) => void
  /** The button that opens the menu. */
  target: (button: OpensTags) => ReactNode
  /** Where the focus goes when the menu closes. Default: to the button. */
  onClosed?: () => void
  position?: NonNullable<ComboboxProps['position']>
}

interface OpensTags {
  onClick: () => void
  'aria-haspopup': 'listbox'
  'aria-expanded': boolean
}

/** Adds and removes tags of one ticket or of several. It stays open, so that more than one can be chosen. */
export function TagMenu({ tickets, opened, onChange, onClosed, target, position }: TagMenuProps) {
  const desk = useDesk()
  const tags = useTags()
  const change = useChange()
  const combobox = useCombobox({
    opened,
    onOpenedChange: onChange,
    onDropdownClose: onClosed ?? (() => combobox.focusTarget()),
  })

  function having({ id }: Tag): Having {
    const many = tickets.filter((ticket) => ticket.tags.some((one) => tags.get(one)?.id === id))
    return many.length === 0 ? 'none' : many.length === tickets.length ? 'all' : 'some'
  }

  async function make(input: NewTag) {
    try {
      await change(tickets, { field: 'tags', tag: await desk.createTag(input), on: true })
    } catch (error) {
      toastError(`The tag ${isolated(input.name)} was not made`, error)
    }
  }

  return (
    <Combobox store={combobox} position={position ?? 'bottom-start'} width={260}>
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        {target({
          onClick: () => combobox.toggleDropdown(),
          'aria-haspopup': 'listbox',
          'aria-expanded': opened,
        })}
      </Combobox.Target>
      <Combobox.Dropdown>
        {opened && (
          <TagOptions
            label="Add or remove tags"
            having={having}
            onToggle={(tag, on) => void change(tickets, { field: 'tags', tag, on })}
            onMake={(input) => void make(input)}
            combobox={combobox}
          />
        )}
      </Combobox.Dropdown>
    </Combobox>
  )
}
