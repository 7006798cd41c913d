import { use, useCallback, useSyncExternalStore } from 'react'
import { DeskContext } from './desk-context.ts'

/** Since when the connection is lost, in ISO 8601; undefined while there is one, and while nobody is signed in. */
export function useOfflineSince(): string | undefined {
  const desk = use(DeskContext)
  const subscribe = useCallback(
    (listener: () => void) => desk?.subscribe(listener) ?? (() => undefined),
    [desk],
  )
  return useSyncExternalStore(subscribe, () => {
    const connection = desk?.state.connection
    return connection?.state === 'offline' ? connection.since : undefined
  })
}
