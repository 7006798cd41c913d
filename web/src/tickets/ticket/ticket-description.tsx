import { ActionIcon, Button } from '@mantine/core'
import { limits } from '@deskbell/contract'
import type { Attachment, Ticket } from '@deskbell/contract'
import { IconPencil } from '@tabler/icons-react'
import { memo } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { Markdown } from '../../ui/markdown/markdown.tsx'
import { PendingClock } from '../../ui/marks/pending-clock.tsx'
import { PersonAvatar } from '../../ui/marks/person-avatar.tsx'
import { RelativeTime } from '../../ui/marks/relative-time.tsx'
import { MarkdownField } from '../composer/markdown-field.tsx'
import { AttachmentGrid } from './files/attachment-grid.tsx'
import { TicketUploads } from './files/ticket-uploads.tsx'
import { FieldConflict } from './edit/field-conflict.tsx'
import editor from './edit/field-editor.module.css'
import classes from './ticket-description.module.css'
import { useFieldEdit } from './edit/use-field-edit.ts'
import { useKeptEdit } from './edit/use-kept-edit.ts'

interface TicketDescriptionProps {
  ticket: Pick<Ticket, 'id' | 'version' | 'description' | 'creator' | 'createdAt'>
  /** The files of the ticket itself. */
  attachments: readonly Attachment[]
  pending: boolean
  /** This person may change it. */
  editable: boolean
  onOpenImage: (attachmentId: string) => void
}

/** The text with which the ticket was raised. */
export const TicketDescription = memo(function TicketDescription(props: TicketDescriptionProps) {
  const { ticket, attachments, pending, editable, onOpenImage } = props
  const desk = useDesk()
  const place = useKeptEdit(`${ticket.id}.description`)
  const edit = useFieldEdit(place, ticket.description, ticket.version, (description, version) =>
    desk.editTicket(ticket.id, { description, version }),
  )
  return (
    <section className={classes['opening']} aria-label="Description" data-anchor="description">
      <header className={classes['head']}>
        <PersonAvatar person={ticket.creator} size={28} decorative />
        <span>
          <strong>
            <bdi>{ticket.creator.name}</bdi>
          </strong>{' '}
          raised this, <RelativeTime at={ticket.createdAt} />
        </span>
        {pending && <PendingClock />}
        {editable && !edit.editing && (
          <ActionIcon
            size={28}
            className={classes['pencil']}
            aria-label="Edit the description"
            onClick={edit.begin}
          >
            <IconPencil size={16} stroke={1.75} />
          </ActionIcon>
        )}
      </header>
      {edit.editing ? (
        <DescriptionEditor edit={edit} />
      ) : (
        <div className={classes['text']}>
          {ticket.description.trim() === '' ? (
            <p className={classes['empty']}>No description.</p>
          ) : (
            <Markdown text={ticket.description} />
          )}
        </div>
      )}
      <div className={classes['files']}>
        <AttachmentGrid
          ticketId={ticket.id}
          attachments={attachments}
          large
          onOpenImage={onOpenImage}
        />
        <div className={classes['uploads']}>
          <TicketUploads ticketId={ticket.id} />
        </div>
      </div>
    </section>
  )
})

function DescriptionEditor({ edit }: { edit: ReturnType<typeof useFieldEdit> }) {
  const savable = edit.text.length <= limits.bodyLength && edit.theirs === undefined
  return (
    <div className={editor['editor']} data-focus-after={`[aria-label="Edit the description"]`}>
      <MarkdownField
        label="Description"
        autoFocus={!edit.restored}
        minRows={4}
        maxRows={24}
        readOnly={edit.saving}
        value={edit.text}
        onChange={edit.change}
        onSubmit={() => savable && void edit.save()}
        onCancel={edit.cancel}
        actions={
          <>
            <Button size="xs" variant="default" onClick={edit.cancel}>
              Cancel
            </Button>
            <Button
              size="xs"
              loading={edit.saving}
              disabled={!savable}
              onClick={() => void edit.save()}
            >
              Save
            </Button>
          </>
        }
      >
        {edit.problem !== undefined && (
          <p className={editor['problem']} role="alert">
            {edit.problem}
          </p>
        )}
        {edit.theirs !== undefined && (
          <div className={classes['conflict']}>
            <FieldConflict
              field="description"
              theirs={edit.theirs}
              mine={edit.text}
              onTakeTheirs={edit.cancel}
              onKeepMine={() => void edit.keepMine()}
            />
          </div>
        )}
      </MarkdownField>
    </div>
  )
}
