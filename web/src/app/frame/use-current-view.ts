import type { ViewName } from '@deskbell/contract'
import { useMatch } from '@tanstack/react-router'

/** The view that the list shows; undefined on pages without a list, and during a search, which covers all tickets. */
export function useCurrentView(): ViewName | undefined {
  const match = useMatch({ from: '/desk/tickets', shouldThrow: false })
  if (match === undefined || match.search.q !== undefined) return undefined
  return match.search.view ?? 'open'
}
