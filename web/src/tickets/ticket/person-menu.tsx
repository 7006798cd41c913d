import { Menu } from '@mantine/core'
import type { PersonRef } from '@deskbell/contract'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useNames } from '../../live/use-names.ts'
import { PersonAvatar } from '../../ui/person-avatar.tsx'
import classes from './person-menu.module.css'

interface Picker {
  /** What is asked: "Assign to". */
  label: string
  /** Who can be picked. */
  offers: (person: PersonRef) => boolean
  onPick: (person: PersonRef) => void
  /** Said when nobody can be picked. */
  nobody: string
  /** Choices before the people. */
  children?: ReactNode
}

interface PersonMenuProps extends Picker {
  opened: boolean
  onChange: (opened: boolean) => void
  target: ReactNode
  position?: 'bottom-start' | 'bottom-end'
}

/** A person, found by typing a few letters of the name. */
export function PersonMenu(props: PersonMenuProps) {
  const { opened, onChange, target, position = 'bottom-start', ...picker } = props
  return (
    <Menu opened={opened} onChange={onChange} position={position} width={260}>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <People {...picker} />
      </Menu.Dropdown>
    </Menu>
  )
}

function People({ label, offers, onPick, nobody, children }: Picker) {
  const names = useNames()
  const [query, setQuery] = useState('')
  const wanted = query.trim().toLocaleLowerCase()
  const offered = names?.filter(offers)
  const found = offered?.filter((person) => person.name.toLocaleLowerCase().includes(wanted))
  return (
    <>
      <Menu.Search
        aria-label={label}
        placeholder={label}
        clearSearchOnClose={false}
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
      {found === undefined && <p className={classes['word']}>Loading the names</p>}
      {found?.length === 0 && (
        <p className={classes['word']}>
          {wanted === '' ? nobody : `Nobody is called “${query.trim()}”.`}
        </p>
      )}
    </>
  )
}
