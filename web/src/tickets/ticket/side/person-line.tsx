import type { PersonRef } from '@deskbell/contract'
import { PersonAvatar } from '../../../ui/marks/person-avatar.tsx'
import classes from './person-line.module.css'

interface PersonLineProps {
  person: PersonRef
  readerId: string
}

/** A person's picture and name. */
export function PersonLine({ person, readerId }: PersonLineProps) {
  return (
    <span className={classes['person']} data-inactive={!person.active || undefined}>
      <PersonAvatar person={person} size={20} decorative />
      <span>
        <bdi>{person.name}</bdi>
        {person.id === readerId && <span className={classes['about']}> (you)</span>}
        {!person.active && <span className={classes['about']}> (deactivated)</span>}
      </span>
    </span>
  )
}
