import { Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import classes from './rail-link.module.css'

export interface RailLinkProps {
  to: NonNullable<LinkProps['to']>
  search?: LinkProps['search']
  icon: ReactNode
  label: string
  count?: number | undefined
  /** The count asks for the person. */
  strong?: boolean
  /** Marks the link as current although the address does not name its view: `/` shows the default view. */
  current?: boolean | undefined
  folded: boolean
}

export function RailLink(props: RailLinkProps) {
  const { to, search, icon, label, count, strong, current, folded } = props
  return (
    <Tooltip
      label={count === undefined ? label : `${label} (${count})`}
      position="right"
      disabled={!folded}
    >
      <Link
        to={to}
        {...(search === undefined ? {} : { search })}
        className={classes['link']}
        // A search within a view counts as a page of its own.
        activeOptions={{ exact: search !== undefined }}
        data-folded={folded || undefined}
        {...(current ? { 'aria-current': 'page' } : {})}
      >
        {icon}
        <span className={classes['label']}>{label}</span>
        {count !== undefined && (
          <span className={classes['count']} data-strong={strong || undefined}>
            {count.toLocaleString('en')}
          </span>
        )}
      </Link>
    </Tooltip>
  )
}
