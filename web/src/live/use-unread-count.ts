import { listKey } from '@deskbell/client'
import { views } from '@deskbell/contract'
import { use, useCallback, useSyncExternalStore } from 'react'
import { DeskContext } from './desk-context.ts'

const openTickets = listKey(views.open)

/** How many of the loaded open tickets have something new for this person; 0 while nobody is signed in. */
export function useUnreadCount(): number {
  const desk = use(DeskContext)
  const subscribe = useCallback(
    (listener: () => void) => desk?.subscribe(listener) ?? (() => undefined),
    [desk],
  )
  return useSyncExternalStore(subscribe, () => {
    const items = desk?.state.lists.get(openTickets)?.items ?? []
    return items.filter(({ seen, version }) => seen < version).length
  })
}
