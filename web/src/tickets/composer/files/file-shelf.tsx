import { ActionIcon } from '@mantine/core'
import type { Attachment } from '@deskbell/contract'
import { IconX } from '@tabler/icons-react'
import { isolated } from '../../../ui/words/isolated.ts'
import { AttachmentThumb } from '../../attachment-thumb.tsx'
import { fileSize } from '../../../ui/words/file-size.ts'
import classes from './file-shelf.module.css'
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
    <ul className={classes['shelf']} aria-label="Files to send">
      {attachments.map((attachment) => (
        <li key={attachment.id} className={classes['file']}>
          <AttachmentThumb attachment={attachment} size={28} />
          <span className={classes['name']} title={attachment.name}>
            <bdi>{attachment.name}</bdi>
          </span>
          <span className={classes['size']}>{fileSize(attachment.size)}</span>
          <ActionIcon
            size={24}
            aria-label={`Remove ${isolated(attachment.name)}`}
            onClick={() => onRemove(attachment)}
          >
            <IconX size={14} />
          </ActionIcon>
        </li>
      ))}
      {uploads.list.map((upload) => (
        <UploadLine key={upload.key} upload={upload} uploads={uploads} />
      ))}
    </ul>
  )
}
