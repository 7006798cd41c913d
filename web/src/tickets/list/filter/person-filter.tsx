import { IconUserOff, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { useMe } from '../../../live/use-me.ts'
import { useNames } from '../../../live/use-names.ts'
import { PersonAvatar } from '../../../ui/marks/person-avatar.tsx'
import { myRef } from '../../my-ref.ts'
import { PersonMenu } from '../../people/person-menu.tsx'
import { FilterButton } from './filter-button.tsx'

interface PersonFilterProps {
  label: string
  /** A person's id, `me` or `none`. */
  chosen: string | undefined
  /** The words for `none`, where it can be chosen. */
  noneLabel?: string
  staffOnly?: boolean
  onChoose: (person: string | undefined) => void
}

/** Keeps the tickets of one person, who is found by a few letters of the name. */
export function PersonFilter(props: PersonFilterProps) {
  const { label, chosen, noneLabel, staffOnly = false, onChoose } = props
  const me = useMe()
  const [opened, setOpened] = useState(false)
  const value = useChosenName(chosen, noneLabel)
  const myself = myRef(me)
  const first = [
    { id: 'anyone', label: 'Anyone', icon: anyone, onPick: () => onChoose(undefined) },
    {
      id: 'me',
      label: 'Me',
      icon: <PersonAvatar person={myself} size={20} decorative />,
      onPick: () => onChoose('me'),
    },
  ]
  if (noneLabel !== undefined)
    first.push({ id: 'none', label: noneLabel, icon: nobody, onPick: () => onChoose('none') })
  return (
    <PersonMenu
      label={label}
      opened={opened}
      onChange={setOpened}
      first={first}
      offers={({ id, staff, active }) => id !== me.id && (!staffOnly || (staff && active))}
      onPick={({ id }) => onChoose(id)}
      nobody="Nobody else is here yet."
      target={(button) => <FilterButton label={label} value={value} {...button} />}
    />
  )
}

const anyone = <IconUsers size={20} stroke={1.5} aria-hidden />
const nobody = <IconUserOff size={20} stroke={1.5} aria-hidden />

function useChosenName(chosen: string | undefined, noneLabel: string | undefined) {
  const me = useMe()
  const named = chosen !== undefined && chosen !== 'me' && chosen !== 'none'
  const names = useNames(named)
  if (chosen === undefined) return undefined
  if (chosen === 'me' || chosen === me.id) return 'Me'
  if (chosen === 'none') return noneLabel
  return names?.find(({ id }) => id === chosen)?.name ?? 'someone'
}
