import type { Tag, TicketRow } from '@deskbell/contract'
import { useDesk } from '../../live/use-desk.ts'
import { useTags } from '../../live/use-tags.ts'
import { toastError } from '../../notifications/toast.ts'
import { Picker } from '../../ui/picker.tsx'
import type { PickerProps } from '../../ui/picker.tsx'
import { isolated } from '../../ui/words/isolated.ts'
import { TagOptions } from './tag-options.tsx'
import type { Having, NewTag } from './tag-options.tsx'
import type { TicketEdit } from '../changes/ticket-edit.ts'

interface TagMenuProps extends PickerProps {
  /** The tickets whose tags are chosen. */
  tickets: readonly Pick<TicketRow, 'tags'>[]
  onEdit: (edit: TicketEdit) => void
}

/** Adds and removes tags of one ticket or of several. It stays open, so that more than one can be chosen. */
export function TagMenu({ tickets, onEdit, ...picker }: TagMenuProps) {
  const desk = useDesk()
  const tags = useTags()

  function having({ id }: Tag): Having {
    const many = tickets.filter((ticket) => ticket.tags.some((one) => tags.get(one)?.id === id))
    return many.length === 0 ? 'none' : many.length === tickets.length ? 'all' : 'some'
  }

  async function make(input: NewTag) {
    try {
      onEdit({ field: 'tags', tag: await desk.createTag(input), on: true })
    } catch (error) {
      toastError(`The tag ${isolated(input.name)} was not made`, error)
    }
  }

  return (
    <Picker {...picker}>
      {(combobox) => (
        <TagOptions
          label="Add or remove tags"
          having={having}
          onToggle={(tag, on) => onEdit({ field: 'tags', tag, on })}
          onMake={(input) => void make(input)}
          combobox={combobox}
        />
      )}
    </Picker>
  )
}
