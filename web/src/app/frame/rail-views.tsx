import { viewsFor } from '@deskbell/contract'
import { useCounters } from '../../live/use-counters.ts'
import { useMe } from '../../live/use-me.ts'
import { RailLink } from './rail-link.tsx'
import type { RailLinkProps } from './rail-link.tsx'
import { ViewIcon } from './view-icon.tsx'
import { viewWords } from '../../ui/words/view-words.ts'
import classes from './rail.module.css'
import type { ViewName } from '@deskbell/contract'
import { useMatch } from '@tanstack/react-router'
import { memo } from 'react'

interface RailViewsProps {
  folded: boolean
}

export function RailViews({ folded }: RailViewsProps) {
  const { role } = useMe()
  const counters = useCounters()
  const current = useCurrentView()
  return (
    <ul className={classes['list']}>
      {viewsFor(role).map((view) => (
        <li key={view}>
          <ViewLink
            view={view}
            count={counters?.[view]}
            current={current === view}
            folded={folded}
          />
        </li>
      ))}
    </ul>
  )
}

interface ViewLinkProps extends Pick<RailLinkProps, 'count' | 'current' | 'folded'> {
  view: ViewName
}

const ViewLink = memo(function ViewLink({ view, ...props }: ViewLinkProps) {
  const { label } = viewWords[view]
  return (
    <RailLink to="/" search={{ view }} icon={<ViewIcon view={view} />} label={label} {...props} />
  )
})

/** The view that the list shows; undefined on pages without a list, and during a search, which covers all tickets. */
function useCurrentView(): ViewName | undefined {
  const match = useMatch({ from: '/desk/tickets', shouldThrow: false })
  if (match === undefined || match.search.q !== undefined) return undefined
  return match.search.view ?? 'open'
}
