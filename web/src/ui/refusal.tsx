import { IconAlertCircle } from '@tabler/icons-react'
import classes from './refusal.module.css'
import { sayError } from './say-error.ts'

interface RefusalProps {
  /** Nothing is shown while undefined. */
  error: unknown
}

/** Why something was refused, beside what was tried. Read out when it appears. */
export function Refusal({ error }: RefusalProps) {
  return (
    <div role="alert">
      {error !== undefined && (
        <p className={classes['refusal']}>
          <IconAlertCircle size={16} aria-hidden="true" />
          <span>{sayError(error)}</span>
        </p>
      )}
    </div>
  )
}
