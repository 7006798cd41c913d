import type { Attachment } from '@deskbell/contract'
import { lazy, Suspense } from 'react'
import { loadWhenServed } from '../../ui/load-when-served.ts'

const Lightbox = lazy(() =>
  loadWhenServed(() => import('./lightbox.tsx')).then((module) => ({ default: module.Lightbox })),
)

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
