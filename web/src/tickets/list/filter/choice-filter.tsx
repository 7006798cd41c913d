import { Menu } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from '../menu-item.module.css'
import { FilterButton } from './filter-button.tsx'

interface ChoiceFilterProps<T extends string> {
  label: string
  options: readonly T[]
  words: Record<T, string>
  chosen: readonly T[]
  icon: (option: T) => ReactNode
  onChoose: (chosen: T[]) => void
}

export function ChoiceFilter<T extends string>({
  label,
  options,
  words,
  chosen,
  icon,
  onChoose,
}: ChoiceFilterProps<T>) {
  const value = chosen.map((option) => words[option]).join(', ')
  return (
    <Menu position="bottom-start" width={200}>
      <Menu.Target>
        <FilterButton label={label} value={value === '' ? undefined : value} />
      </Menu.Target>
      <Menu.Dropdown>
        {options.map((option) => (
          <Menu.CheckboxItem
            key={option}
            checked={chosen.includes(option)}
            onChange={(checked) =>
              onChoose(options.filter((one) => (one === option ? checked : chosen.includes(one))))
            }
          >
            <span className={classes['item']}>
              {icon(option)}
              {words[option]}
            </span>
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
