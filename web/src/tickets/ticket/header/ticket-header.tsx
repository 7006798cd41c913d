import { ActionIcon, Button, Tooltip } from '@mantine/core'
import type { TicketState } from '@deskbell/client'
import { mayEditTicket } from '@deskbell/contract'
import { IconLayoutSidebarRight } from '@tabler/icons-react'
import { useMe } from '../../../live/use-me.ts'
import { KeyHint } from '../../../ui/marks/key-hint.tsx'
import { AssigneeMenu } from './assignee-menu.tsx'
import { BackIcon } from '../back-icon.tsx'
import { CopyLink } from './copy-link.tsx'
import { NextSteps } from './next-steps.tsx'
import { PriorityMenu } from './priority-menu.tsx'
import { relationshipOf } from '../../relationship-of.ts'
import { StatusMenu } from './status-menu.tsx'
import classes from './ticket-header.module.css'
import { TicketTags } from './ticket-tags.tsx'
import { TicketTitle } from './ticket-title.tsx'

interface TicketHeaderProps {
  ticket: Extract<TicketState, { status: 'ready' }>['ticket']
  titleId: string
  onClose: () => void
  onDetails: () => void
}

export function TicketHeader({ ticket, titleId, onClose, onDetails }: TicketHeaderProps) {
  const me = useMe()
  const { pending } = ticket
  return (
    <header className={classes['header']}>
      <div className={classes['bar']}>
        <Tooltip
          label={
            <>
              Back to the list <KeyHint keys="Escape" />
            </>
          }
        >
          <ActionIcon aria-label="Back to the list" onClick={onClose}>
            <BackIcon />
          </ActionIcon>
        </Tooltip>
        <CopyLink ticket={ticket} />
        <div className={classes['fields']}>
          <StatusMenu ticket={ticket} pending={pending.includes('status')} />
          <PriorityMenu ticket={ticket} pending={pending.includes('priority')} />
          <AssigneeMenu ticket={ticket} pending={pending.includes('assignee')} />
        </div>
        <NextSteps ticket={ticket} />
        <Button
          className={classes['details']}
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconLayoutSidebarRight size={16} stroke={1.75} />}
          onClick={onDetails}
        >
          Details
        </Button>
      </div>
      <TicketTitle
        id={titleId}
        ticketId={ticket.id}
        title={ticket.title}
        version={ticket.version}
        pending={pending.includes('title')}
        editable={mayEditTicket(me, relationshipOf(me, ticket), ticket.status)}
      />
      <TicketTags ticket={ticket} pending={pending.includes('tags')} />
    </header>
  )
}
