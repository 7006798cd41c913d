import type { Attachment } from '@deskbell/contract'
import { Suspense } from 'react'
import { lazyPart } from '../../../ui/lazy-part.ts'

const Lightbox = lazyPart(() => import('./lightbox.tsx'), 'Lightbox')

interface ImageViewerProps {
  attachments: readonly Attachment[]
  /** Nothing is shown while undefined. */
  openedId: string | undefined
  onShow: (attachmentId: string | undefined) => void
}

/** One of a ticket's images, large. Loaded when first opened. */
export function ImageViewer({ attachments, openedId, onShow }: ImageViewerProps) {
  const images = attachments.filter((attachment) => attachment.image)
  const index = images.findIndex((image) => image.id === openedId)
  // Nothing opened, or removed by someone while it was being looked at.
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
