import { Menu } from '@mantine/core'
import { useMe } from '../../../live/use-me.ts'
import { useNames } from '../../../live/use-names.ts'
import { FilterButton } from './filter-button.tsx'
import { PersonItems } from '../bulk/person-items.tsx'

interface PersonFilterProps {
  label: string
  /** A person's id, `me` or `none`. */
  chosen: string | undefined
  /** The words for `none`, where it can be chosen. */
  noneLabel?: string
  staffOnly?: boolean
  onChoose: (person: string | undefined) => void
}

export function PersonFilter({
  label,
  chosen,
  noneLabel,
  staffOnly = false,
  onChoose,
}: PersonFilterProps) {
  const value = useChosenName(chosen, noneLabel)
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <FilterButton label={label} value={value} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onChoose(undefined)}>Anyone</Menu.Item>
        <Menu.Item onClick={() => onChoose('me')}>Me</Menu.Item>
        {noneLabel !== undefined && (
          <Menu.Item onClick={() => onChoose('none')}>{noneLabel}</Menu.Item>
        )}
        <Menu.Divider />
        <PersonItems staffOnly={staffOnly} onChoose={(person) => onChoose(person.id)} />
      </Menu.Dropdown>
    </Menu>
  )
}

function useChosenName(chosen: string | undefined, noneLabel: string | undefined) {
  const me = useMe()
  const named = chosen !== undefined && chosen !== 'me' && chosen !== 'none'
  const names = useNames(named)
  if (chosen === undefined) return undefined
  if (chosen === 'me' || chosen === me.id) return 'Me'
  if (chosen === 'none') return noneLabel
  return names?.find(({ id }) => id === chosen)?.name ?? 'someone'
}
