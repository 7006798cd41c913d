import { UnstyledButton } from '@mantine/core'
import { mayTriage } from '@deskbell/contract'
import type { Tag, Ticket } from '@deskbell/contract'
import { IconTag } from '@tabler/icons-react'
import { memo, useState } from 'react'
import { useMe } from '../../../live/use-me.ts'
import { useTagsOf } from '../../../live/use-tags.ts'
import { useShortcut } from '../../../shell/shortcuts.tsx'
import { PendingClock } from '../../../ui/marks/pending-clock.tsx'
import { TagChip } from '../../../ui/marks/tag-chip.tsx'
import { isolated } from '../../../ui/words/isolated.ts'
import type { TicketEdit } from '../../changes/ticket-edit.ts'
import { TagMenu } from '../../tags/tag-menu.tsx'
import classes from './ticket-tags.module.css'

interface TicketTagsProps {
  ticket: Pick<Ticket, 'tags'>
  pending: boolean
  onChange: (edit: TicketEdit) => void
}

/** The tags of a ticket, which staff can change. */
export const TicketTags = memo(function TicketTags(props: TicketTagsProps) {
  const { ticket, pending, onChange } = props
  const me = useMe()
  const tags = useTagsOf(ticket.tags)
  const [opened, setOpened] = useState(false)
  const [unfolded, setUnfolded] = useState(false)
  const editable = mayTriage(me)
  useShortcut('l', 'Add or remove tags', 'Ticket', () => setOpened(true), { enabled: editable })
  if (tags.length === 0 && !editable) return null
  return (
    <div
      className={classes['tags']}
      data-pending={pending || undefined}
      data-folded={!unfolded || undefined}
    >
      {tags.length > 0 && (
        <ul className={classes['list']} aria-label="Tags">
          {tags.map((tag) => (
            <li key={tag.id}>
              <TagChip tag={tag} />
            </li>
          ))}
        </ul>
      )}
      <FoldedTags tags={tags} unfolded={unfolded} onChange={setUnfolded} />
      {pending && <PendingClock />}
      {editable && (
        <TagMenu
          tickets={[ticket]}
          onEdit={onChange}
          opened={opened}
          onChange={setOpened}
          target={(button) => (
            <UnstyledButton
              className={classes['add']}
              aria-label={tags.length === 0 ? 'Add a tag' : 'Add or remove tags'}
              {...button}
            >
              <IconTag size={13} stroke={1.75} aria-hidden />
              {tags.length === 0 ? 'Add a tag' : 'Tags'}
            </UnstyledButton>
          )}
        />
      )}
    </div>
  )
})

/** So many have room in a line of a narrow ticket. */
const foldedTo = 2

interface FoldedTagsProps {
  tags: readonly Tag[]
  unfolded: boolean
  onChange: (unfolded: boolean) => void
}

/** Where there is little room, the tags are one line: how many more there are. */
function FoldedTags({ tags, unfolded, onChange }: FoldedTagsProps) {
  const more = tags.slice(foldedTo)
  if (more.length === 0) return null
  const names = more.map(({ name }) => isolated(name)).join(', ')
  return (
    <UnstyledButton
      className={`${classes['add']} ${classes['more']}`}
      aria-expanded={unfolded}
      aria-label={unfolded ? 'Show fewer tags' : `Show ${more.length} more: ${names}`}
      onClick={() => onChange(!unfolded)}
    >
      {unfolded ? 'Fewer' : `+${more.length}`}
    </UnstyledButton>
  )
}
