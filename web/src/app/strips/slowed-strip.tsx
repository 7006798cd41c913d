import { IconClock } from '@tabler/icons-react'
import { useDeskState } from '../../live/use-desk-state.ts'
import classes from './strips.module.css'

/** Says why a change is not saved yet, when the server asks this person to slow down. */
export function SlowedStrip() {
  const isSlowed = useDeskState(({ slowedUntil }) => slowedUntil !== undefined)
  return (
    <div role="status">
      {isSlowed && (
        <p className={classes['strip']}>
          <IconClock size={16} aria-hidden />
          That was a lot at once. What is left waits a moment and is then saved by itself.
        </p>
      )}
    </div>
  )
}
