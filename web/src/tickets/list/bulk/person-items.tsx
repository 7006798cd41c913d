import { Menu } from '@mantine/core'
import type { PersonRef } from '@deskbell/contract'
import { useMe } from '../../../live/use-me.ts'
import { useNames } from '../../../live/use-names.ts'
import { PersonAvatar } from '../../../ui/marks/person-avatar.tsx'
import classes from '../menu-item.module.css'

interface PersonItemsProps {
  onChoose: (person: PersonRef) => void
}

/** People to whom tickets can be assigned, as items of a menu; typing a name moves to it. */
export function PersonItems({ onChoose }: PersonItemsProps) {
  const me = useMe()
  const names = useNames()
  if (names === undefined) return <p className={classes['empty']}>Loading the names</p>
  const offered = names.filter((person) => person.id !== me.id && person.staff && person.active)
  if (offered.length === 0) return <p className={classes['empty']}>Nobody else is here yet</p>
  return (
    <div className={classes['scroll']}>
      {offered.map((person) => (
        <Menu.Item
          key={person.id}
          classNames={{ itemLabel: classes['label'] ?? '' }}
          leftSection={<PersonAvatar person={person} size={20} decorative />}
          title={person.name}
          onClick={() => onChoose(person)}
        >
          <bdi>{person.name}</bdi>
        </Menu.Item>
      ))}
    </div>
  )
}
