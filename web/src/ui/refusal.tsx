import { IconAlertCircle } from '@tabler/icons-react'
import { fieldProblems } from './words/field-problems.ts'
import classes from './refusal.module.css'
import { sayError } from './say-error.ts'

interface RefusalProps {
  /** Undefined shows nothing. */
  error: unknown
}

/** The reason for a refusal, beside the action. Screen readers announce it when it appears. */
export function Refusal({ error }: RefusalProps) {
  return (
    <div role="alert" className={classes['place']}>
      {error !== undefined && (
        <p className={classes['refusal']}>
          <IconAlertCircle size={16} aria-hidden="true" />
          <span>{sentence(error)}</span>
        </p>
      )}
    </div>
  )
}

function sentence(error: unknown): string {
  const isMarked = Object.keys(fieldProblems(error)).length > 0
  return isMarked ? 'Please check what you entered.' : sayError(error)
}
