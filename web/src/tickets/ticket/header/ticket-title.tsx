import { ActionIcon } from '@mantine/core'
import { cleanLine } from '@deskbell/contract'
import { IconPencil } from '@tabler/icons-react'
import { useMatch } from '@tanstack/react-router'
import { memo } from 'react'
import { useShortcut } from '../../../shell/shortcuts.tsx'
import { useDesk } from '../../../live/use-desk.ts'
import { PendingClock } from '../../../ui/marks/pending-clock.tsx'
import classes from './ticket-title.module.css'
import { TitleEditor } from './title-editor.tsx'
import { useFieldEdit } from '../edit/use-field-edit.ts'
import { useKeptEdit } from '../edit/use-kept-edit.ts'

interface TicketTitleProps {
  ticketId: string
  title: string
  version: number
  pending: boolean
  /** This person may change it. */
  editable: boolean
  id: string
}

/** The title, edited in place. */
export const TicketTitle = memo(function TicketTitle(props: TicketTitleProps) {
  const { ticketId, title, version, pending, editable, id } = props
  const desk = useDesk()
  const place = useKeptEdit(`${ticketId}.title`)
  const edit = useFieldEdit(place, title, version, (text, based) =>
    desk.editTicket(ticketId, { title: cleanLine(text), version: based }),
  )
  // In the inbox the key says that the ticket is done there.
  const isInbox = useMatch({ from: '/desk/inbox', shouldThrow: false, select: () => true }) ?? false
  const enabled = editable && !isInbox
  useShortcut('e', 'Edit the title', 'Ticket', edit.begin, { enabled })

  return (
    <>
      <div className={edit.editing ? classes['hidden'] : classes['shown']}>
        <h1 id={id} dir="auto" className={classes['title']}>
          {title}
        </h1>
        {pending && <PendingClock />}
        {editable && !edit.editing && (
          <ActionIcon
            size={28}
            className={classes['pencil']}
            aria-label="Edit the title"
            onClick={edit.begin}
          >
            <IconPencil size={16} stroke={1.75} />
          </ActionIcon>
        )}
      </div>
      {edit.editing && <TitleEditor edit={edit} />}
    </>
  )
})
