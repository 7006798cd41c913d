import type { Attachment } from '@deskbell/contract'
import { Suspense } from 'react'
import { lazyPart } from '../../../ui/lazy-part.ts'

const Lightbox = lazyPart(() => import('./lightbox.tsx'), 'Lightbox')

interface ImageViewerProps {
  attachments: readonly Attachment[]
  /** The image on the screen; undefined shows nothing. */
  openedId: string | undefined
  onShow: (attachmentId: string | undefined) => void
}

/** Shows one of a ticket's images large. The viewer's code loads when it is first opened. */
export function ImageViewer({ attachments, openedId, onShow }: ImageViewerProps) {
  const images = attachments.filter((attachment) => attachment.image)
  const index = images.findIndex((image) => image.id === openedId)
  // No image is open, or someone removed it while it was open.
  if (index < 0) return null
  return (
    <Suspense fallback={null}>
      <Lightbox
        images={images}
        index={index}
        onShow={(to) => onShow(images[to]?.id)}
        onClose={() => onShow(undefined)}
      />
    </Suspense>
  )
}
