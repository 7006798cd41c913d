import type { Attachment } from '@deskbell/contract'
import { AttachmentThumb } from '../../attachment-thumb.tsx'
import { shownSize } from '../../shown-size.ts'
import { WaitingFile, WaitingFiles } from '../../waiting-file.tsx'
import { UploadLine } from './upload-line.tsx'
import type { Uploads } from './use-uploads.ts'

interface FileShelfProps {
  /** Uploaded files that wait to be sent. */
  attachments: readonly Attachment[]
  uploads: Uploads
  onRemove: (attachment: Attachment) => void
}

/** The files of the comment that is being written. */
export function FileShelf({ attachments, uploads, onRemove }: FileShelfProps) {
  if (attachments.length === 0 && uploads.list.length === 0) return null
  return (
    <WaitingFiles label="Files to send">
      {attachments.map((attachment) => (
        <WaitingFile
          key={attachment.id}
          picture={<AttachmentThumb attachment={attachment} size={28} />}
          name={attachment.name}
          state={shownSize(attachment)}
          onRemove={() => onRemove(attachment)}
        />
      ))}
      {uploads.list.map((upload) => (
        <UploadLine key={upload.key} upload={upload} uploads={uploads} />
      ))}
    </WaitingFiles>
  )
}
