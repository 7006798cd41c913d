import type { Status } from '@deskbell/contract'
import { StatusPill } from '../../../ui/marks/status-pill.tsx'
import classes from './ticket-row.module.css'

interface RowStatusProps {
  status: Status
  pending: boolean
}

export function RowStatus({ status, pending }: RowStatusProps) {
  return (
    <span className={classes['status']}>
      <StatusPill status={status} pending={pending} />
    </span>
  )
}
