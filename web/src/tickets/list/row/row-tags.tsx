import type { ListItem } from '@deskbell/client'
import type { Tag } from '@deskbell/contract'
import { IconTag } from '@tabler/icons-react'
import { useTagsOf } from '../../../live/use-tags.ts'
import { TagChip } from '../../../ui/marks/tag-chip.tsx'
import classes from './row-tags.module.css'

interface RowTagsProps {
  row: ListItem
  narrow: boolean
}

/** The first tag of a ticket, or two where there is room, and how many more it has; in the least room, how many. */
export function RowTags({ row, narrow }: RowTagsProps) {
  const tags = useTagsOf(row.tags)
  if (tags.length === 0) return null
  return (
    <span
      className={classes['tags']}
      data-narrow={narrow || undefined}
      data-pending={row.pending.includes('tags') || undefined}
    >
      {tags.slice(0, narrow ? 1 : 2).map((tag) => (
        <TagChip key={tag.id} tag={tag} />
      ))}
      {narrow && <TagCount tags={tags} />}
      <Others tags={tags.slice(1)} className={classes['afterOne']} />
      {!narrow && <Others tags={tags.slice(2)} className={classes['afterTwo']} />}
    </span>
  )
}

/** Instead of the names, where not one has room. */
function TagCount({ tags }: { tags: readonly Tag[] }) {
  const names = namesOf(tags)
  return (
    <span className={classes['count']} title={names}>
      <IconTag size={12} stroke={1.75} role="img" aria-label={`Tags: ${names}`} />
      {tags.length}
    </span>
  )
}

function namesOf(tags: readonly Tag[]): string {
  return tags.map(({ name }) => name).join(', ')
}

function Others({ tags, className }: { tags: readonly Tag[]; className: string | undefined }) {
  if (tags.length === 0) return null
  const names = namesOf(tags)
  return (
    <span className={`${classes['more']} ${className}`} role="img" aria-label={names} title={names}>
      +{tags.length}
    </span>
  )
}
