import { isNotShown } from '@deskbell/contract'
import type { Attachment } from '@deskbell/contract'
import { fileSize } from '../ui/words/file-size.ts'

/** The size of a file, and whether a picture stands there as any other file. */
export function shownSize(file: Pick<Attachment, 'size' | 'type' | 'image'>): string {
  return isNotShown(file) ? `${fileSize(file.size)}, no preview` : fileSize(file.size)
}
