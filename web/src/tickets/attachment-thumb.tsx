import type { Attachment } from '@deskbell/contract'
import {
  IconFile,
  IconFileOff,
  IconFileSpreadsheet,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconPhoto,
} from '@tabler/icons-react'
import { useDesk } from '../live/use-desk.ts'
import classes from './attachment-thumb.module.css'
import { attachmentUrl } from './attachment-url.ts'

interface AttachmentThumbProps {
  attachment: Attachment
  size: number
  /** The server has lost the file's content and has only its name. */
  gone?: boolean
  /** The browser could not show the image. */
  onError?: () => void
}

/** A small picture of a file: the image itself, or else an icon of its kind. Its name stands beside it. */
export function AttachmentThumb({ attachment, size, gone = false, onError }: AttachmentThumbProps) {
  const desk = useDesk()
  if (attachment.image && !gone) {
    return (
      <img
        className={classes['image']}
        src={attachmentUrl(desk, attachment.id)}
        width={size}
        height={size}
        alt=""
        loading="lazy"
        decoding="async"
        onError={onError}
      />
    )
  }
  return (
    <span className={classes['icon']} style={{ width: size, height: size }} aria-hidden="true">
      <FileIcon type={gone ? 'gone' : attachment.type} size={Math.round(size * 0.6)} />
    </span>
  )
}

function FileIcon({ type, size }: { type: string; size: number }) {
  const look = { size, stroke: 1.5 }
  if (type === 'gone') return <IconFileOff {...look} />
  if (type === 'application/pdf') return <IconFileTypePdf {...look} />
  if (type.startsWith('image/')) return <IconPhoto {...look} />
  if (/csv|sheet|excel/.test(type)) return <IconFileSpreadsheet {...look} />
  if (/^text\/|word/.test(type)) return <IconFileText {...look} />
  if (/zip|compressed|tar/.test(type)) return <IconFileZip {...look} />
  return <IconFile {...look} />
}
