import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { useCallbackRef } from '@mantine/hooks'
import type { TicketState } from '@deskbell/client'
import { mayEditTicket } from '@deskbell/contract'
import { IconLayoutSidebarRight } from '@tabler/icons-react'
import { memo } from 'react'
import { useMe } from '../../../live/use-me.ts'
import { KeyHint } from '../../../ui/marks/key-hint.tsx'
import type { TicketEdit } from '../../changes/ticket-edit.ts'
import { useChange } from '../../changes/use-change.ts'
import { AssigneeMenu } from './assignee-menu.tsx'
import { BackIcon } from '../back-icon.tsx'
import { CopyLink } from './copy-link.tsx'
import { NextSteps } from './next-steps.tsx'
import { PriorityMenu } from './priority-menu.tsx'
import { PresentFaces } from '../../presence/present-faces.tsx'
import { relationshipOf } from '../../relationship-of.ts'
import { StatusMenu } from './status-menu.tsx'
import classes from './ticket-header.module.css'
import { TicketTags } from './ticket-tags.tsx'
import { TicketTitle } from './ticket-title.tsx'
import { useFields } from '../use-fields.ts'

interface TicketHeaderProps {
  ticket: Extract<TicketState, { status: 'ready' }>['ticket']
  titleId: string
  onClose: () => void
  onDetails: () => void
}

export function TicketHeader({ ticket, titleId, onClose, onDetails }: TicketHeaderProps) {
  const me = useMe()
  const { pending } = ticket
  const change = useChange()
  const onChange = useCallbackRef((edit: TicketEdit) => void change([ticket], edit))
  return (
    <header className={classes['header']}>
      <div className={classes['bar']}>
        <BackButton onClick={onClose} />
        <CopyLink number={ticket.number} />
        <div className={classes['fields']}>
          <StatusMenu
            ticket={useFields(ticket, 'status', 'creator', 'watchers')}
            pending={pending.includes('status')}
            onChange={onChange}
          />
          <PriorityMenu
            ticket={useFields(ticket, 'priority')}
            pending={pending.includes('priority')}
            onChange={onChange}
          />
          <AssigneeMenu
            ticket={useFields(ticket, 'assignee')}
            pending={pending.includes('assignee')}
            onChange={onChange}
          />
        </div>
        <NextSteps
          ticket={useFields(ticket, 'status', 'assignee', 'creator', 'watchers')}
          onChange={onChange}
        />
        <DetailsButton onClick={onDetails} />
      </div>
      <TicketTitle
        id={titleId}
        ticketId={ticket.id}
        title={ticket.title}
        version={ticket.version}
        pending={pending.includes('title')}
        editable={mayEditTicket(me, relationshipOf(me, ticket), ticket.status)}
      />
      <TicketTags
        ticket={useFields(ticket, 'tags')}
        pending={pending.includes('tags')}
        onChange={onChange}
      />
      <PresentFaces ticketId={ticket.id} />
    </header>
  )
}

const BackButton = memo(function BackButton({ onClick }: { onClick: () => void }) {
  return (
    <Tooltip
      label={
        <>
          Back to the list <KeyHint keys="Escape" />
        </>
      }
    >
      <ActionIcon aria-label="Back to the list" onClick={onClick}>
        <BackIcon />
      </ActionIcon>
    </Tooltip>
  )
})

const DetailsButton = memo(function DetailsButton({ onClick }: { onClick: () => void }) {
  return (
    <Button
      className={classes['details']}
      size="compact-sm"
      variant="subtle"
      color="gray"
      leftSection={<IconLayoutSidebarRight size={16} stroke={1.75} />}
      onClick={onClick}
    >
      Details
    </Button>
  )
})
