import { IconCloudOff } from '@tabler/icons-react'
import { useOfflineSince } from '../live/use-offline-since.ts'
import { clockTime } from '../ui/words/time-words.ts'
import classes from './offline-pill.module.css'

/** Says in the place where one reads that it may be old. It floats, so that it moves nothing. */
export function OfflinePill() {
  const since = useOfflineSince()
  if (since === undefined) return null
  return (
    <p className={classes['pill']}>
      <IconCloudOff size={14} stroke={1.75} aria-hidden />
      Offline since {clockTime(since)}: this may be old
    </p>
  )
}
