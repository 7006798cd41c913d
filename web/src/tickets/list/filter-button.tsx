import { UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { ComponentProps } from 'react'
import classes from './filter-bar.module.css'

interface FilterButtonProps extends ComponentProps<'button'> {
  label: string
  /** What is chosen, in words. */
  value: string | undefined
}

/** Opens a menu, which gives it its handlers and its ref. */
export function FilterButton({ label, value, ...rest }: FilterButtonProps) {
  return (
    <UnstyledButton
      {...rest}
      className={classes['filter']}
      data-chosen={value !== undefined || undefined}
    >
      <span className={classes['value']}>{value === undefined ? label : `${label}: ${value}`}</span>
      <IconChevronDown size={12} aria-hidden="true" />
    </UnstyledButton>
  )
}
