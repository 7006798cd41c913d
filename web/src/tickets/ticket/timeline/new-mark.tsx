import { UnstyledButton } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useShortcut } from '../../../shell/shortcuts.tsx'
import { KeyHint } from '../../../ui/marks/key-hint.tsx'
import type { ChangedField } from './changed-since.ts'
import classes from './new-mark.module.css'

interface NewMarkProps {
  changed: readonly ChangedField[]
  onClear: () => void
}

/**
 * Stands before the first item that the reader has not seen, and says which fields changed since the reader last looked. What
 * changes while the ticket is open shows by itself.
 */
export function NewMark({ changed, onClear }: NewMarkProps) {
  const [atOpening] = useState(changed)
  useShortcut('d', 'Clear the mark of what is new', 'Ticket', onClear)
  return (
    <li className={classes['mark']} data-new-mark data-anchor="new">
      <div className={classes['line']}>
        <span>New</span>
        <UnstyledButton className={classes['clear'] ?? ''} onClick={onClear}>
          Clear <KeyHint keys="d" />
        </UnstyledButton>
      </div>
      {atOpening.length > 0 && (
        <dl className={classes['changes']} aria-label="Changed since you last looked">
          {atOpening.map((field) => (
            <Changed key={field.name} field={field} />
          ))}
        </dl>
      )}
    </li>
  )
}

function Changed({ field: { label, values } }: { field: ChangedField }) {
  return (
    <div className={classes['change']}>
      <dt>{label}</dt>
      {values === undefined ? (
        <dd>changed</dd>
      ) : (
        <dd className={classes['values']}>
          <del>
            <bdi>{values.old}</bdi>
          </del>
          <IconArrowRight size={12} stroke={1.75} role="img" aria-label="became" />
          <ins>
            <bdi>{values.new}</bdi>
          </ins>
        </dd>
      )}
    </div>
  )
}
