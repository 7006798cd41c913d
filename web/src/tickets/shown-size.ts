import { isTooLargeToShow } from '@deskbell/contract'
import type { Attachment } from '@deskbell/contract'
import { fileSize } from '../ui/words/file-size.ts'

export const tooLargeForPreview = 'too large for a preview'

/** The size of a file, and why a picture stands there as any other file. */
export function shownSize(file: Pick<Attachment, 'size' | 'type' | 'image'>): string {
  return isTooLargeToShow(file)
    ? `${fileSize(file.size)}, ${tooLargeForPreview}`
    : fileSize(file.size)
}
