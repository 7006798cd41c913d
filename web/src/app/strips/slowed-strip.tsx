import { IconClock } from '@tabler/icons-react'
import { useDeskState } from '../../live/use-desk-state.ts'
import classes from './strips.module.css'

/** Why what one did is not saved yet, when the server asked to slow down. */
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
