import { VisuallyHidden } from '@mantine/core'
import type { Tag } from '@deskbell/contract'
import { IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './tag-chip.module.css'
import { TagDot } from './tag-dot.tsx'

interface TagChipProps {
  tag: Tag
  /** A button at its end. */
  children?: ReactNode
}

/** A tag as a small word with its colour. */
export function TagChip({ tag, children }: TagChipProps) {
  return (
    <span className={classes['chip']} title={tag.internal ? `${tag.name} (staff only)` : tag.name}>
      <TagDot color={tag.color} />
      <bdi className={classes['name']}>{tag.name}</bdi>
      {tag.internal && <IconLock size={11} stroke={2} aria-hidden className={classes['lock']} />}
      {tag.internal && <VisuallyHidden>, staff only</VisuallyHidden>}
      {children}
    </span>
  )
}
