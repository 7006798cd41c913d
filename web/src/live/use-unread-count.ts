import { use, useCallback, useSyncExternalStore } from 'react'
import { DeskContext } from './desk-context.ts'

/** How many tickets have something unread in the inbox of this person; 0 while nobody is signed in. */
export function useUnreadCount(): number {
  const desk = use(DeskContext)
  const subscribe = useCallback(
    (listener: () => void) => desk?.subscribe(listener) ?? (() => undefined),
    [desk],
  )
  return useSyncExternalStore(subscribe, () => desk?.state.notificationCount?.count ?? 0)
}
