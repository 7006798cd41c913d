import { Menu } from '@mantine/core'
import { IconArrowsSort } from '@tabler/icons-react'
import { fields, pressing, sortOf, sorts } from '@deskbell/contract'
import type { Sort } from '@deskbell/contract'
import { FilterButton } from './filter-button.tsx'
import { memo } from 'react'
import type { ChangeListSearch } from './use-list-search.ts'

function wordsOf(sort: Sort): string {
  const { by, isDown } = sortOf(sort)
  switch (by) {
    case 'updated':
      return isDown ? 'Last changed' : 'Longest unchanged'
    case 'created':
      return isDown ? 'Newest' : 'Oldest'
    case pressing:
      return 'Most pressing'
    default:
      return fields[by].sort.words[isDown ? 0 : 1]
  }
}

interface SortMenuProps {
  sort: Sort | undefined
  /** The order without a choice. */
  usual: Sort
  onChange: ChangeListSearch
}

export const SortMenu = memo(function SortMenu({ sort, usual, onChange }: SortMenuProps) {
  const choices = usual === pressing ? [usual, ...sorts] : sorts
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <FilterButton
          label={sort === undefined ? `Sort: ${wordsOf(usual)}` : 'Sort'}
          value={sort === undefined ? undefined : wordsOf(sort)}
          icon={<IconArrowsSort size={14} stroke={1.6} />}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={sort ?? usual}
          onChange={(value) => {
            const chosen = choices.find((one) => one === value)
            onChange({ sort: chosen === usual ? undefined : chosen })
          }}
        >
          {choices.map((one) => (
            <Menu.RadioItem key={one} value={one} closeMenuOnClick>
              {wordsOf(one)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
})
