import type { ReactNode } from 'react'
import { PendingClock } from './pending-clock.tsx'
import classes from './pill.module.css'

interface PillProps {
  /** The server has not confirmed it yet. */
  pending: boolean
  /** It stands for no value. */
  empty?: boolean
  children: ReactNode
}

/** The value of a field, with its icon. */
export function Pill({ pending, empty = false, children }: PillProps) {
  return (
    <span
      className={classes['pill']}
      data-pending={pending || undefined}
      data-empty={empty || undefined}
    >
      {children}
      {pending && <PendingClock />}
    </span>
  )
}
