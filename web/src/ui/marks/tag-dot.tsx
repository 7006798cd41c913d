import type { TagColor } from '@deskbell/contract'
import classes from './tag-chip.module.css'

/** The colour of a tag. */
export function TagDot({ color }: { color: TagColor }) {
  return <span className={classes['dot']} style={{ background: `var(--tag-${color})` }} />
}
