import type { ListItem } from '@deskbell/client'
import { useTagsOf } from '../../../live/use-tags.ts'
import { TagChip } from '../../../ui/marks/tag-chip.tsx'
import classes from './row-tags.module.css'

interface RowTagsProps {
  row: ListItem
  narrow: boolean
}

/** The first tags of a ticket, and how many more it has. */
export function RowTags({ row, narrow }: RowTagsProps) {
  const tags = useTagsOf(row.tags)
  if (tags.length === 0) return null
  const shown = tags.slice(0, narrow ? 1 : 2)
  const others = tags.slice(shown.length)
  const names = others.map(({ name }) => name).join(', ')
  return (
    <span
      className={classes['tags']}
      data-narrow={narrow || undefined}
      data-pending={row.pending.includes('tags') || undefined}
    >
      {shown.map((tag) => (
        <TagChip key={tag.id} tag={tag} />
      ))}
      {others.length > 0 && (
        <span className={classes['more']} role="img" aria-label={names} title={names}>
          +{others.length}
        </span>
      )}
    </span>
  )
}
