import { Menu } from '@mantine/core'
import { IconArrowsSort } from '@tabler/icons-react'
import { sorts } from '@deskbell/contract'
import type { Sort } from '@deskbell/contract'
import { FilterButton } from './filter-button.tsx'
import { useListSearch } from './use-list-search.ts'

const words: Record<Sort, string> = {
  '-updated': 'Last changed',
  updated: 'Longest unchanged',
  '-created': 'Newest',
  created: 'Oldest',
  '-priority': 'Most urgent',
  priority: 'Least urgent',
}

export function SortMenu() {
  const [{ sort }, change] = useListSearch()
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <FilterButton
          label={sort === undefined ? `Sort: ${words['-updated']}` : 'Sort'}
          value={sort === undefined ? undefined : words[sort]}
          icon={<IconArrowsSort size={14} stroke={1.6} />}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={sort ?? '-updated'}
          onChange={(value) => {
            const chosen = sorts.find((one) => one === value)
            change({ sort: chosen === '-updated' ? undefined : chosen })
          }}
        >
          {sorts.map((one) => (
            <Menu.RadioItem key={one} value={one} closeMenuOnClick>
              {words[one]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
