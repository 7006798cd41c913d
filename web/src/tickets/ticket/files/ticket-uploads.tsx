import { UploadLine } from '../../composer/files/upload-line.tsx'
import { useUploads } from '../../composer/files/use-uploads.ts'
import classes from './ticket-uploads.module.css'

/** The files on their way to the ticket itself, and those that were not attached. */
export function TicketUploads({ ticketId }: { ticketId: string }) {
  const uploads = useUploads({ ticketId, draft: false })
  if (uploads.list.length === 0) return null
  return (
    <ul className={classes['uploads']} aria-label="Files to attach" data-focus-after="[data-adds]">
      {uploads.list.map((upload) => (
        <UploadLine key={upload.key} upload={upload} uploads={uploads} />
      ))}
    </ul>
  )
}
