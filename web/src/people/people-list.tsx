import { Button, VisuallyHidden } from '@mantine/core'
import { IconUserSearch } from '@tabler/icons-react'
import { isFound } from '@deskbell/contract'
import type { Account } from '@deskbell/contract'
import { Message } from '../ui/message.tsx'
import { PageList } from '../ui/page.tsx'
import classes from './people.module.css'
import { PersonRow } from './person-row.tsx'
import { personState } from './person-state.ts'
import type { StateChoice } from './state-filter.tsx'
import type { PersonAct } from './use-person-dialog.ts'

interface PeopleListProps {
  people: readonly Account[]
  search: string
  choice: StateChoice
  onAct: (act: PersonAct) => void
  onClear: () => void
}

export function PeopleList({ people, search, choice, onAct, onClear }: PeopleListProps) {
  const shown = people.filter(
    (person) =>
      (choice === 'all' || personState(person) === choice) &&
      isFound(`${person.name} ${person.email}`, search),
  )
  if (shown.length === 0) return <NobodyFound onClear={onClear} />
  return (
    <>
      <VisuallyHidden role="status">
        {shown.length === 1 ? '1 person' : `${shown.length} people`}
      </VisuallyHidden>
      <PageList aria-label="People" data-focus-after="input">
        {shown.map((person) => (
          <PersonRow key={person.id} person={person} onAct={onAct} />
        ))}
      </PageList>
      {people.length === 1 && (
        <p className={classes['alone']}>
          You are alone here so far. Invite your colleagues: each gets a link to choose a password.
        </p>
      )}
    </>
  )
}

function NobodyFound({ onClear }: { onClear: () => void }) {
  return (
    <Message
      icon={<IconUserSearch size={32} stroke={1.5} />}
      title="Nobody matches"
      action={
        <Button variant="default" data-focus-after="input" onClick={onClear}>
          Show everyone
        </Button>
      }
    >
      No name or e-mail address here matches.
    </Message>
  )
}
