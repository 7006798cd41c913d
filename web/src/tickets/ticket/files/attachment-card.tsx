import { ActionIcon } from '@mantine/core'
import { mayRemoveAttachment } from '@deskbell/contract'
import type { Attachment } from '@deskbell/contract'
import { IconDownload, IconLock, IconTrash } from '@tabler/icons-react'
import { useDesk } from '../../../live/use-desk.ts'
import { useMe } from '../../../live/use-me.ts'
import { toast } from '../../../notifications/toast.ts'
import { isolated } from '../../../ui/words/isolated.ts'
import { useNow } from '../../../ui/clock.tsx'
import { AttachmentThumb } from '../../attachment-thumb.tsx'
import { attachmentUrl } from '../../attachment-url.ts'
import { shownSize } from '../../shown-size.ts'
import classes from './attachment-card.module.css'
import { goneWords } from './gone-words.ts'
import { useGoneFile } from './use-gone-file.ts'

interface AttachmentCardProps {
  attachment: Attachment
  /** Shows images as pictures instead of icons. */
  large: boolean
  onOpenImage: () => void
  onRemove: () => void
}

/** A file: an image opens large, every other file downloads. */
export function AttachmentCard({ attachment, large, onOpenImage, onRemove }: AttachmentCardProps) {
  const me = useMe()
  const now = useNow()
  const { gone, ask } = useGoneFile(attachment.id)
  const { name, internal, uploader, createdAt } = attachment
  const may = mayRemoveAttachment(me, { uploaderId: uploader.id, createdAt }, now)

  async function explain() {
    if (await ask()) toast(`“${isolated(name)}” is gone`, goneWords(attachment, me.id))
  }

  return (
    <li
      className={classes['file']}
      data-internal={internal || undefined}
      data-large={(large && attachment.image) || undefined}
    >
      {attachment.image ? (
        <button type="button" className={classes['open']} onClick={onOpenImage}>
          <Words
            attachment={attachment}
            size={large ? 120 : 40}
            gone={gone}
            onError={() => void ask()}
          />
        </button>
      ) : (
        <Download attachment={attachment} gone={gone} onClick={() => void explain()} />
      )}
      {may === 'yes' && (
        <ActionIcon
          size={24}
          className={classes['remove']}
          aria-label={`Remove ${isolated(name)}`}
          onClick={onRemove}
        >
          <IconTrash size={14} />
        </ActionIcon>
      )}
    </li>
  )
}

interface DownloadProps {
  attachment: Attachment
  gone: boolean
  onClick: () => void
}

function Download({ attachment, gone, onClick }: DownloadProps) {
  const desk = useDesk()
  const { id, name } = attachment
  return (
    <a className={classes['open']} href={attachmentUrl(desk, id)} download={name} onClick={onClick}>
      <Words attachment={attachment} size={40} gone={gone} />
      <IconDownload size={14} className={classes['download']} aria-label="download" />
    </a>
  )
}

interface WordsProps {
  attachment: Attachment
  size: number
  gone: boolean
  onError?: () => void
}

function Words({ attachment, size, gone, onError }: WordsProps) {
  const { name, internal } = attachment
  return (
    <>
      <AttachmentThumb
        attachment={attachment}
        size={size}
        gone={gone}
        {...(onError && { onError })}
      />
      <span className={classes['words']}>
        <span className={classes['name']} title={name}>
          <bdi>{name}</bdi>
        </span>
        <span className={classes['size']}>
          {internal && <IconLock size={11} stroke={2} role="img" aria-label="staff only" />}
          {gone ? 'Gone from the server' : shownSize(attachment)}
        </span>
      </span>
    </>
  )
}
