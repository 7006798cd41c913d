import { Combobox, useCombobox } from '@mantine/core'
import type { ComboboxProps } from '@mantine/core'
import type { ListItem } from '@deskbell/client'
import type { Tag } from '@deskbell/contract'
import type { ReactNode } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { useTags } from '../../live/use-tags.ts'
import { toastError } from '../../notifications/toast.ts'
import { isolated } from '../../ui/words/isolated.ts'
import { TagOptions } from './tag-options.tsx'
import type { Having, NewTag } from './tag-options.tsx'
import { useSetTags } from './use-set-tags.ts'

export type TaggedTicket = Pick<ListItem, 'id' | 'number' | 'tags'>

interface TagMenuProps {
  /** The tickets whose tags are chosen. */
  tickets: readonly TaggedTicket[]
  opened: boolean
  onChange: (opened: boolean) => void
  /** The button that opens the menu. */
  target: (button: OpensTags) => ReactNode
  position?: NonNullable<ComboboxProps['position']>
}

interface OpensTags {
  onClick: () => void
  'aria-haspopup': 'listbox'
  'aria-expanded': boolean
}

/** Adds and removes tags of one ticket or of several. It stays open, so that more than one can be chosen. */
export function TagMenu({ tickets, opened, onChange, target, position }: TagMenuProps) {
  const desk = useDesk()
  const tags = useTags()
  const setTags = useSetTags()
  const combobox = useCombobox({
    opened,
    onOpenedChange: onChange,
    onDropdownClose: () => combobox.focusTarget(),
  })

  function having({ id }: Tag): Having {
    const many = tickets.filter((ticket) => ticket.tags.some((one) => tags.get(one)?.id === id))
    return many.length === 0 ? 'none' : many.length === tickets.length ? 'all' : 'some'
  }

  async function make(input: NewTag) {
    try {
      const { id } = await desk.createTag(input)
      await setTags(tickets, { add: [id] })
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
            onToggle={({ id }, on) => void setTags(tickets, on ? { add: [id] } : { remove: [id] })}
            onMake={(input) => void make(input)}
            combobox={combobox}
          />
        )}
      </Combobox.Dropdown>
    </Combobox>
  )
}
