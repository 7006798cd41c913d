import { ActionIcon, Tooltip } from '@mantine/core'
import { mayRemoveWatcher, mayTriage } from '@deskbell/contract'
import type { PersonRef } from '@deskbell/contract'
import { IconX } from '@tabler/icons-react'
import { useMe } from '../../../live/use-me.ts'
import { isolated } from '../../../ui/words/isolated.ts'
import { PersonLine } from './person-line.tsx'
import classes from './watchers-section.module.css'

interface WatcherListProps {
  watchers: readonly PersonRef[]
  onRemove: (person: PersonRef) => void
}

/** The watchers of a ticket. Other watchers are removed here; the reader has a button elsewhere. */
export function WatcherList({ watchers, onRemove }: WatcherListProps) {
  const me = useMe()
  if (watchers.length === 0) {
    return (
      <p className={classes['nobody']}>
        {mayTriage(me) ? 'Nobody. Add someone to let them see and follow this ticket.' : 'Nobody.'}
      </p>
    )
  }
  return (
    <ul className={classes['list']} data-focus-after="[data-adds]">
      {watchers.map((person) => (
        <li key={person.id} className={classes['watcher']}>
          <PersonLine person={person} readerId={me.id} />
          {person.id !== me.id && mayRemoveWatcher(me, person.id) && (
            <Tooltip label={`Remove ${isolated(person.name)}`}>
              <ActionIcon
                size={24}
                aria-label={`Remove the watcher ${isolated(person.name)}`}
                onClick={() => onRemove(person)}
              >
                <IconX size={14} />
              </ActionIcon>
            </Tooltip>
          )}
        </li>
      ))}
    </ul>
  )
}
