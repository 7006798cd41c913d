import { ActionIcon, Modal } from '@mantine/core'
import type { Attachment } from '@deskbell/contract'
import { IconChevronLeft, IconChevronRight, IconDownload, IconFileOff } from '@tabler/icons-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useDesk } from '../../../live/use-desk.ts'
import { useMe } from '../../../live/use-me.ts'
import { Message } from '../../../ui/message.tsx'
import { attachmentUrl } from '../../attachment-url.ts'
import { goneWords } from './gone-words.ts'
import classes from './lightbox.module.css'
import { useGoneFile } from './use-gone-file.ts'

interface LightboxProps {
  images: readonly Attachment[]
  index: number
  onShow: (index: number) => void
  onClose: () => void
}

/** An image in the size of the window, with the ticket's other images to either side. */
export function Lightbox({ images, index, onShow, onClose }: LightboxProps) {
  const desk = useDesk()
  const image = images[index]
  if (image === undefined) return null
  const url = attachmentUrl(desk, image.id)
  const isFirst = index === 0
  const isLast = index === images.length - 1

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ArrowLeft' && !isFirst) onShow(index - 1)
    if (event.key === 'ArrowRight' && !isLast) onShow(index + 1)
  }

  return (
    <Modal
      opened
      onClose={onClose}
      fullScreen
      title={<bdi>{image.name}</bdi>}
      classNames={{ content: classes['content'] ?? '', body: classes['body'] ?? '' }}
      onKeyDown={onKeyDown}
    >
      <Picture key={image.id} image={image} url={url} />
      <div className={classes['bar']}>
        <Step label="The image before" disabled={isFirst} onClick={() => onShow(index - 1)}>
          <IconChevronLeft size={18} />
        </Step>
        <span>
          {index + 1} of {images.length}
        </span>
        <Step label="The next image" disabled={isLast} onClick={() => onShow(index + 1)}>
          <IconChevronRight size={18} />
        </Step>
        <ActionIcon component="a" href={url} download={image.name} aria-label="Download the image">
          <IconDownload size={18} />
        </ActionIcon>
      </div>
    </Modal>
  )
}

function Picture({ image, url }: { image: Attachment; url: string }) {
  const me = useMe()
  const { gone, ask } = useGoneFile(image.id)
  if (!gone)
    return (
      <img className={classes['image']} src={url} alt={image.name} onError={() => void ask()} />
    )
  return (
    <div className={classes['gone']} role="alert">
      <Message icon={<IconFileOff size={32} stroke={1.5} />} title="This file is gone">
        {goneWords(image, me.id)}
      </Message>
    </div>
  )
}

interface StepProps {
  label: string
  disabled: boolean
  onClick: () => void
  children: ReactNode
}

function Step({ label, disabled, onClick, children }: StepProps) {
  return (
    <ActionIcon aria-label={label} disabled={disabled} onClick={onClick}>
      {children}
    </ActionIcon>
  )
}
