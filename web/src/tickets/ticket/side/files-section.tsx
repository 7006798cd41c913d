import type { Attachment, Ticket } from '@deskbell/contract'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useDesk } from '../../../live/use-desk.ts'
import { toastError } from '../../../notifications/toast.ts'
import { useUploads } from '../../composer/files/use-uploads.ts'
import { AttachToTicket } from '../files/attach-to-ticket.tsx'
import { AttachmentGrid } from '../files/attachment-grid.tsx'
import { TicketUploads } from '../files/ticket-uploads.tsx'
import classes from './files-section.module.css'
import { SideSection } from './side-section.tsx'

interface FilesSectionProps {
  ticket: Ticket
  attachments: readonly Attachment[]
  onOpenImage: (attachmentId: string) => void
}

/** Every file of a ticket, including those of its comments. New files go to the ticket itself. */
export function FilesSection({ ticket, attachments, onOpenImage }: FilesSectionProps) {
  const desk = useDesk()
  const uploads = useUploads({ ticketId: ticket.id, draft: false })
  // A new file may arrive before the ticket's row counts it.
  const count = Math.max(ticket.attachmentCount, attachments.length)
  const hidden = count - attachments.length
  return (
    <SideSection
      title={count === 0 ? 'Files' : `Files (${count})`}
      action={<AttachToTicket onFiles={uploads.start} />}
    >
      {count === 0 && uploads.list.length === 0 && (
        <p className={classes['none']}>None yet. Attach one here, or send one with a reply.</p>
      )}
      {hidden > 0 && <ShowMore hidden={hidden} read={() => desk.loadFiles(ticket.id)} />}
      <AttachmentGrid ticketId={ticket.id} attachments={attachments} onOpenImage={onOpenImage} />
      <TicketUploads ticketId={ticket.id} />
    </SideSection>
  )
}

interface ShowMoreProps {
  hidden: number
  read: () => Promise<void>
}

/** Loads the files of the parts of the history that are not loaded. */
function ShowMore({ hidden, read }: ShowMoreProps) {
  const [busy, setBusy] = useState(false)

  async function load() {
    setBusy(true)
    try {
      await read()
    } catch (error) {
      toastError('The files could not be loaded', error)
    }
    setBusy(false)
  }

  return (
    <Button
      size="xs"
      variant="default"
      className={classes['more'] ?? ''}
      data-focus-after="ul :is(a, button)"
      loading={busy}
      onClick={() => void load()}
    >
      {hidden === 1 ? 'Show an earlier file' : `Show ${hidden} earlier files`}
    </Button>
  )
}
