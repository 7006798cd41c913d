import type { ViewName } from '@deskbell/contract'
import { useMatch } from '@tanstack/react-router'

/** The view the list shows; undefined where there is no list. */
export function useCurrentView(): ViewName | undefined {
  const match = useMatch({ from: '/desk/tickets', shouldThrow: false })
  if (match === undefined) return undefined
  return match.search.view ?? 'open'
}
