import type { Status } from '@deskbell/contract'
import { PendingClock } from './pending-clock.tsx'
import { StatusIcon } from './status-icon.tsx'
import classes from './status-pill.module.css'
import { statusWords } from '../words/words.ts'

interface StatusPillProps {
  status: Status
  /** The server has not confirmed it yet. */
  pending?: boolean
}

export function StatusPill({ status, pending = false }: StatusPillProps) {
  return (
    <span className={classes['pill']} data-status={status} data-pending={pending || undefined}>
      <StatusIcon status={status} />
      {statusWords[status]}
      {pending && <PendingClock />}
    </span>
  )
}
