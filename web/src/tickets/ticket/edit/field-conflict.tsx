import { Button } from '@mantine/core'
import { withPlainMentions } from '@deskbell/contract'
import classes from './field-conflict.module.css'

interface FieldConflictProps {
  /** "title" or "description". */
  field: string
  theirs: string
  mine: string
  onTakeTheirs: () => void
  onKeepMine: () => void
}

/** Shows both values, and the choice, when someone changed a field while the reader was editing it. */
export function FieldConflict({
  field,
  theirs,
  mine,
  onTakeTheirs,
  onKeepMine,
}: FieldConflictProps) {
  return (
    <div className={classes['conflict']} role="alert">
      <p className={classes['title']}>
        Someone changed the {field} while you were editing. Which one stays?
      </p>
      <dl className={classes['values']}>
        <div>
          <dt>Theirs, as it is now</dt>
          <dd dir="auto">{withPlainMentions(theirs) || 'Empty'}</dd>
        </div>
        <div>
          <dt>Yours, not saved yet</dt>
          <dd dir="auto">{withPlainMentions(mine) || 'Empty'}</dd>
        </div>
      </dl>
      <div className={classes['choices']}>
        <Button size="xs" variant="default" onClick={onTakeTheirs}>
          Keep theirs
        </Button>
        <Button size="xs" onClick={onKeepMine}>
          Use mine
        </Button>
      </div>
    </div>
  )
}
