import { Anchor } from '@mantine/core'
import { roleWords } from '@deskbell/contract'
import type { Account } from '@deskbell/contract'
import { Link } from '@tanstack/react-router'
import { useMe } from '../live/use-me.ts'
import { PersonAvatar } from '../ui/marks/person-avatar.tsx'
import classes from './people.module.css'
import { PersonMenu } from './person-menu.tsx'
import { PersonStateMark } from './person-state-mark.tsx'
import type { PersonAct } from './use-person-dialog.ts'

interface PersonRowProps {
  person: Account
  onAct: (act: PersonAct) => void
}

export function PersonRow({ person, onAct }: PersonRowProps) {
  const me = useMe()
  return (
    <li className={classes['row']} data-inactive={!person.active || undefined}>
      <PersonAvatar person={person} size={32} decorative />
      <div className={classes['who']}>
        <span className={classes['name']} title={person.name}>
          <bdi>{person.name}</bdi>
          {person.id === me.id && <span className={classes['you']}> (you)</span>}
        </span>
        <span className={classes['email']} title={person.email}>
          {person.email}
        </span>
      </div>
      <span className={classes['role']}>{roleWords[person.role]}</span>
      <PersonStateMark person={person} />
      <div className={classes['menu']}>
        {person.id === me.id ? (
          <Anchor component={Link} to="/settings" size="sm">
            Settings
          </Anchor>
        ) : (
          <PersonMenu person={person} onAct={onAct} />
        )}
      </div>
    </li>
  )
}
