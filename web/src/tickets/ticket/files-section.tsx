import type { Attachment, Ticket } from '@deskbell/contract'
import { UploadLine } from '../composer/upload-line.tsx'
import type { Uploads } from '../composer/use-uploads.ts'
import { AttachToTicket } from './attach-to-ticket.tsx'
import { AttachmentGrid } from './attachment-grid.tsx'
import classes from './files-section.module.css'
import { SideSection } from './side-section.tsx'

interface FilesSectionProps {
  ticket: Ticket
  attachments: readonly Attachment[]
  /** Files on their way to the ticket itself. */
  uploads: Uploads
  onOpenImage: (attachmentId: string) => void
}

/** Every file of a ticket, those of its comments too. New ones go to the ticket itself. */
export function FilesSection({ ticket, attachments, uploads, onOpenImage }: FilesSectionProps) {
  return (
    <SideSection
      title={attachments.length === 0 ? 'Files' : `Files (${attachments.length})`}
      action={<AttachToTicket onFiles={uploads.start} />}
    >
      {attachments.length === 0 && uploads.list.length === 0 && (
        <p className={classes['none']}>None yet. Attach one here, or send one with a reply.</p>
      )}
      <AttachmentGrid ticketId={ticket.id} attachments={attachments} onOpenImage={onOpenImage} />
      {uploads.list.length > 0 && (
        <ul className={classes['uploads']}>
          {uploads.list.map((upload) => (
            <UploadLine key={upload.key} upload={upload} uploads={uploads} />
          ))}
        </ul>
      )}
    </SideSection>
  )
}
