import { UnstyledButton } from '@mantine/core'
import type { Account } from '@deskbell/contract'
import classes from './people.module.css'
import { personState } from './person-state.ts'
import type { PersonState } from './person-state.ts'

export type StateChoice = PersonState | 'all'

interface StateFilterProps {
  people: readonly Account[]
  choice: StateChoice
  onChoose: (choice: StateChoice) => void
}

/** Counts the people in each state, and shows only those of one state. */
export function StateFilter({ people, choice, onChoose }: StateFilterProps) {
  return (
    <div role="group" aria-label="Show" className={classes['filter']}>
      {choices.map(({ value, label }) => {
        const count = people.filter((person) => isChosen(person, value)).length
        return (
          <UnstyledButton
            key={value}
            className={classes['choice']}
            aria-pressed={value === choice}
            onClick={() => onChoose(value)}
          >
            {label} <span className={classes['count']}>{count}</span>
          </UnstyledButton>
        )
      })}
    </div>
  )
}

const choices: readonly { value: StateChoice; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'invited', label: 'Invited' },
  { value: 'deactivated', label: 'Deactivated' },
]

function isChosen(person: Account, choice: StateChoice): boolean {
  return choice === 'all' || personState(person) === choice
}
