import { Menu } from '@mantine/core'
import type { PersonRef } from '@deskbell/contract'
import { useState } from 'react'
import { useMe } from '../../live/use-me.ts'
import { useNames } from '../../live/use-names.ts'
import { PersonAvatar } from '../../ui/person-avatar.tsx'
import classes from './menu-item.module.css'

interface PersonItemsProps {
  /** Only people who can be assigned. */
  staffOnly?: boolean
  onChoose: (person: PersonRef) => void
}

/** The people to choose from, inside a menu. */
export function PersonItems({ staffOnly = false, onChoose }: PersonItemsProps) {
  const me = useMe()
  const names = useNames()
  const [text, setText] = useState('')
  if (names === undefined) return <p className={classes['empty']}>Loading the names</p>
  const offered = names.filter(
    (person) =>
      person.id !== me.id &&
      (!staffOnly || (person.staff && person.active)) &&
      person.name.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase()),
  )
  return (
    <>
      <Menu.Search
        aria-label="Find a person"
        placeholder="Find a person"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes['scroll']}>
        {offered.map((person) => (
          <Menu.Item key={person.id} onClick={() => onChoose(person)}>
            <span className={classes['item']}>
              <PersonAvatar person={person} size={20} decorative />
              {person.name}
            </span>
          </Menu.Item>
        ))}
        {offered.length === 0 && <p className={classes['empty']}>Nobody by that name</p>}
      </div>
    </>
  )
}
