import { Menu, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { mayMoveTicket, statuses } from '@deskbell/contract'
import type { Status, Ticket } from '@deskbell/contract'
import { memo, useState } from 'react'
import { useShortcut } from '../../../shell/shortcuts.tsx'
import { useMe } from '../../../live/use-me.ts'
import { KeyHint } from '../../../ui/marks/key-hint.tsx'
import { StatusIcon } from '../../../ui/marks/status-icon.tsx'
import { StatusPill } from '../../../ui/marks/status-pill.tsx'
import { statusWords } from '../../../ui/words/words.ts'
import classes from './field-button.module.css'
import { relationshipOf } from '../../relationship-of.ts'
import type { TicketEdit } from '../../changes/ticket-edit.ts'

interface StatusMenuProps {
  ticket: Pick<Ticket, 'status' | 'creator' | 'watchers'>
  pending: boolean
  onChange: (edit: TicketEdit) => void
}

/** The status, and the statuses to which this person may move the ticket. */
export const StatusMenu = memo(function StatusMenu(props: StatusMenuProps) {
  const { ticket, pending, onChange } = props
  const me = useMe()
  const [opened, setOpened] = useState(false)
  const relationship = relationshipOf(me, ticket)
  const moves = statuses.filter(
    (to) => to !== ticket.status && mayMoveTicket(me, relationship, ticket.status, to),
  )
  const pill = (
    <>
      <VisuallyHidden>Status: </VisuallyHidden>
      <StatusPill status={ticket.status} pending={pending} />
    </>
  )
  useShortcut('s', 'Change the status', 'Ticket', () => setOpened(true), {
    enabled: moves.length > 0,
  })

  function moveTo(to: Status) {
    onChange({ field: 'status', to })
  }

  if (moves.length === 0) return pill
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-start">
      <Menu.Target>
        <UnstyledButton className={classes['button']} data-status>
          {pill}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className={classes['label']}>
          Move to <KeyHint keys="s" />
        </Menu.Label>
        {moves.map((to) => (
          <Menu.Item key={to} leftSection={<StatusIcon status={to} />} onClick={() => moveTo(to)}>
            {statusWords[to]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
})
