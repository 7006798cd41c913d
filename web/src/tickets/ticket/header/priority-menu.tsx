import { Menu, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { mayTriage, priorities } from '@deskbell/contract'
import type { Priority, Ticket } from '@deskbell/contract'
import { IconCheck } from '@tabler/icons-react'
import { memo, useState } from 'react'
import { useShortcut } from '../../../shell/shortcuts.tsx'
import { useMe } from '../../../live/use-me.ts'
import { KeyHint } from '../../../ui/marks/key-hint.tsx'
import { Pill } from '../../../ui/marks/pill.tsx'
import { PriorityMark } from '../../../ui/marks/priority-mark.tsx'
import { priorityWords } from '../../../ui/words/words.ts'
import classes from './field-button.module.css'
import type { TicketEdit } from '../../changes/ticket-edit.ts'

interface PriorityMenuProps {
  ticket: Pick<Ticket, 'priority'>
  pending: boolean
  onChange: (edit: TicketEdit) => void
}

const mostPressingFirst = priorities.toReversed()

/** The priority, which staff can change. */
export const PriorityMenu = memo(function PriorityMenu(props: PriorityMenuProps) {
  const { ticket, pending, onChange } = props
  const me = useMe()
  const [opened, setOpened] = useState(false)
  const editable = mayTriage(me)
  useShortcut('p', 'Change the priority', 'Ticket', () => setOpened(true), {
    enabled: editable,
  })

  function set(priority: Priority) {
    onChange({ field: 'priority', to: priority })
  }

  const shown = (
    <Pill pending={pending}>
      <PriorityMark priority={ticket.priority} decorative />
      <VisuallyHidden>Priority: </VisuallyHidden>
      {priorityWords[ticket.priority]}
    </Pill>
  )
  if (!editable) return shown
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-start">
      <Menu.Target>
        <UnstyledButton className={classes['button']}>{shown}</UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className={classes['label']}>
          Priority <KeyHint keys="p" />
        </Menu.Label>
        {mostPressingFirst.map((priority) => (
          <Menu.Item
            key={priority}
            leftSection={<PriorityMark priority={priority} decorative />}
            rightSection={priority === ticket.priority && <IconCheck size={14} aria-label="now" />}
            onClick={() => set(priority)}
          >
            {priorityWords[priority]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
})
