import { VisuallyHidden } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'
import { useWaitsFor } from '../waits-for.ts'
import classes from './pending-clock.module.css'

/** Marks a change of this person that the server has not confirmed yet, and says what it waits for. */
export function PendingClock() {
  const waitsFor = useWaitsFor()
  return (
    <span className={classes['clock']} title={waitsFor}>
      <IconClock size={12} stroke={2} aria-hidden="true" />
      <VisuallyHidden>
        , not confirmed yet{waitsFor && `: ${waitsFor.toLowerCase()}`}
      </VisuallyHidden>
    </span>
  )
}
