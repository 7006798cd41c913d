import { priorities } from '@deskbell/contract'
import type { Priority } from '@deskbell/contract'
import { useId } from 'react'
import { PriorityMark } from '../../ui/marks/priority-mark.tsx'
import { priorityWords } from '../../ui/words/words.ts'
import classes from './priority-choice.module.css'

interface PriorityChoiceProps {
  value: Priority
  onChange: (priority: Priority) => void
}

const meanings: Record<Priority, string> = {
  low: 'It can wait.',
  medium: 'It should be done, but nobody is blocked.',
  high: 'Somebody cannot work because of it.',
  urgent: 'Work has stopped. Everyone is notified at once.',
}

/** The choice of priority, with the meaning of each. */
export function PriorityChoice({ value, onChange }: PriorityChoiceProps) {
  const name = useId()
  return (
    <fieldset className={classes['choice']}>
      <legend className={classes['legend']}>Priority</legend>
      <div className={classes['options']}>
        {priorities.map((priority) => (
          <label key={priority} className={classes['option']}>
            <input
              type="radio"
              name={name}
              value={priority}
              checked={priority === value}
              onChange={() => onChange(priority)}
            />
            <PriorityMark priority={priority} decorative />
            {priorityWords[priority]}
          </label>
        ))}
      </div>
      <p className={classes['meaning']} aria-live="polite">
        {meanings[value]}
      </p>
    </fieldset>
  )
}
