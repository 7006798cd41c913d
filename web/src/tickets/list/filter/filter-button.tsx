import { UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { ComponentProps, ReactNode } from 'react'
import { isolated } from '../../../ui/words/isolated.ts'
import classes from './filter-bar.module.css'

interface FilterButtonProps extends ComponentProps<'button'> {
  label: string
  /** The chosen value in words. */
  value: string | undefined
  /** Replaces the words where there is little room. */
  icon?: ReactNode
}

/** A button that opens a menu. The menu passes its handlers and its ref. */
export function FilterButton({ label, value, icon, ...rest }: FilterButtonProps) {
  const words = value === undefined ? label : `${label}: ${isolated(value)}`
  return (
    <UnstyledButton
      {...rest}
      aria-label={words}
      className={classes['filter']}
      data-chosen={value !== undefined || undefined}
      data-folds={icon !== undefined || undefined}
    >
      {icon !== undefined && <span className={classes['icon']}>{icon}</span>}
      <span className={classes['value']}>{words}</span>
      <IconChevronDown size={12} className={classes['chevron']} aria-hidden="true" />
    </UnstyledButton>
  )
}
