import type { ViewName } from '@deskbell/contract'
import { useMatch } from '@tanstack/react-router'

/** The view the list shows; undefined where there is no list, and for a search, which looks everywhere. */
export function useCurrentView(): ViewName | undefined {
  const match = useMatch({ from: '/desk/tickets', shouldThrow: false })
  if (match === undefined || match.search.q !== undefined) return undefined
  return match.search.view ?? 'open'
}
