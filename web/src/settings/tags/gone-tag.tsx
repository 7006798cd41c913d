import type { Tag } from '@deskbell/contract'
import { useTags } from '../../live/use-tags.ts'

/** Says that a tag was deleted or merged while its dialog is open. */
export function GoneTag({ tag }: { tag: Tag | undefined }) {
  const now = useTags().get(tag?.id ?? '')
  if (tag === undefined || now?.id === tag.id) return null
  return (
    <p role="status">
      {now === undefined ? (
        'This tag was deleted.'
      ) : (
        <>
          This tag was merged into <bdi>{now.name}</bdi>.
        </>
      )}
    </p>
  )
}
