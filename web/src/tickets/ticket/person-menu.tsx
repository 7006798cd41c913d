import { Loader, Menu } from '@mantine/core'
import type { PersonRef } from '@deskbell/contract'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { PersonAvatar } from '../../ui/person-avatar.tsx'
import { sayError } from '../../ui/say-error.ts'
import classes from './person-menu.module.css'
import { useNames } from './use-names.ts'

interface PersonMenuProps {
  /** What is asked: "Assign to". */
  label: string
  opened: boolean
  onChange: (opened: boolean) => void
  /** Who can be picked. */
  offers: (person: PersonRef) => boolean
  onPick: (person: PersonRef) => void
  /** Said when nobody can be picked. */
  nobody: string
  /** Choices before the people. */
  children?: ReactNode
  target: ReactNode
  position?: 'bottom-start' | 'bottom-end'
}

/** A person, found by typing a few letters of the name. */
export function PersonMenu(props: PersonMenuProps) {
  const {
    label,
    opened,
    onChange,
    offers,
    onPick,
    nobody,
    children,
    target,
    position = 'bottom-start',
  } = props
  const names = useNames()
  const [query, setQuery] = useState('')
  const offered = names.people?.filter(offers)
  const wanted = query.trim().toLocaleLowerCase()
  const found = offered?.filter((person) => person.name.toLocaleLowerCase().includes(wanted))

  return (
    <Menu
      opened={opened}
      onChange={onChange}
      onOpen={() => void names.load()}
      position={position}
      width={260}
    >
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown className={classes['menu']}>
        <Menu.Search
          aria-label={label}
          placeholder={label}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <div className={classes['people']}>
          {wanted === '' && children}
          {found?.map((person) => (
            <Menu.Item
              key={person.id}
              leftSection={<PersonAvatar person={person} size={20} decorative />}
              onClick={() => onPick(person)}
            >
              {person.name}
            </Menu.Item>
          ))}
        </div>
        {names.error !== undefined && <p className={classes['word']}>{sayError(names.error)}</p>}
        {found === undefined && names.error === undefined && (
          <p className={classes['word']}>
            <Loader size={12} color="gray" aria-label="Loading names" />
          </p>
        )}
        {found?.length === 0 && (
          <p className={classes['word']}>
            {offered?.length === 0 ? nobody : `Nobody is called “${query.trim()}”.`}
          </p>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
