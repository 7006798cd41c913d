import { memo, useState } from 'react'
import { actorName } from '../../../ui/words/actor-name.ts'
import { joinNames } from '../../composer/join-names.ts'
import { ChangeLine } from './change-line.tsx'
import classes from './change-run.module.css'
import type { ChangeItem } from './timeline-blocks.ts'

interface ChangeRunProps {
  items: readonly ChangeItem[]
}

/** A run of up to this many changes is shown in full; of a longer run only the last, and a button shows the others. */
const shownAtMost = 3

/** Changes without a comment between them, one quiet line each. */
export const ChangeRun = memo(function ChangeRun({ items }: ChangeRunProps) {
  const [opened, setOpened] = useState(false)
  const folds = items.length > shownAtMost
  const folded = folds && !opened ? items.slice(0, -1) : []
  const shown = items.slice(folded.length)
  return (
    <li className={classes['run']}>
      {folds && (
        <button
          type="button"
          className={classes['fold']}
          aria-expanded={opened}
          onClick={() => setOpened((before) => !before)}
        >
          {opened
            ? 'Show fewer changes'
            : `${folded.length} earlier changes by ${joinNames(namesOf(folded))}`}
        </button>
      )}
      <ul className={classes['lines']}>
        {shown.map((item) => (
          <ChangeLine key={item.seq} item={item} />
        ))}
      </ul>
    </li>
  )
}, sameChanges)

function sameChanges({ items }: ChangeRunProps, { items: others }: ChangeRunProps): boolean {
  return items.length === others.length && items.every((item, index) => item === others[index])
}

function namesOf(items: readonly ChangeItem[]): string[] {
  return [...new Set(items.map((item) => actorName(item.actor)))]
}
