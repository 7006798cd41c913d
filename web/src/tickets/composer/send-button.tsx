import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core'
import type { Status } from '@deskbell/contract'
import { IconArrowRight, IconChevronDown } from '@tabler/icons-react'
import { memo } from 'react'
import { StatusIcon } from '../../ui/marks/status-icon.tsx'
import { KeyHint } from '../../ui/marks/key-hint.tsx'
import { statusWords } from '../../ui/words/words.ts'
import { useOpenNext } from '../next-ticket.ts'
import type { SendOptions } from './use-composer.ts'
import classes from './send-button.module.css'

interface SendButtonProps {
  /** Why it cannot be sent yet. */
  waitsFor: string | undefined
  internal: boolean
  status: Status
  staff: boolean
  onSend: (options?: SendOptions) => void
}

const resolves = {
  rightSection: <KeyHint keys="mod+shift+Enter" />,
  'aria-keyshortcuts': 'Control+Shift+Enter Meta+Shift+Enter',
}
const movesAfterSending: readonly Status[] = ['waiting', 'resolved']

/** Sends the comment. Staff can also move the ticket to another status right after. */
export const SendButton = memo(function SendButton(props: SendButtonProps) {
  const { waitsFor, internal, status, staff, onSend } = props
  const openNext = useOpenNext()
  const word = internal ? 'Add note' : 'Send reply'
  const moves = movesAfterSending.filter((to) => to !== status)
  return (
    <div className={classes['send']} data-internal={internal || undefined}>
      <Tooltip label={waitsFor ?? <KeyHint keys="mod+Enter" />}>
        <Button
          size="xs"
          className={classes['button'] ?? ''}
          {...(waitsFor === undefined ? {} : { 'data-disabled': true, 'aria-disabled': true })}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          onClick={() => onSend()}
        >
          {word}
        </Button>
      </Tooltip>
      {staff && (
        <Menu position="top-end">
          <Menu.Target>
            <ActionIcon
              size={30}
              variant="filled"
              color="indigo"
              className={classes['more']}
              disabled={waitsFor !== undefined}
              aria-label={
                internal ? 'Add the note and move the ticket' : 'Send the reply and move the ticket'
              }
            >
              <IconChevronDown size={14} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {moves.map((to) => (
              <Menu.Item
                key={to}
                leftSection={<StatusIcon status={to} />}
                onClick={() => onSend({ moveTo: to })}
                {...(to === 'resolved' && resolves)}
              >
                {word} and set to {statusWords[to]}
              </Menu.Item>
            ))}
            <Menu.Item
              leftSection={<IconArrowRight size={16} stroke={1.75} />}
              onClick={() => onSend({ onSent: openNext })}
            >
              {word} and open the next ticket
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  )
})
