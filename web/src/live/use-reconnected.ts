import { useEffect, useEffectEvent, useRef } from 'react'
import { useOfflineSince } from './use-offline-since.ts'

/** Calls the handler each time a lost connection is back: what failed meanwhile is tried again. */
export function useReconnected(handler: () => void): void {
  const isOffline = useOfflineSince() !== undefined
  const wasOffline = useRef(isOffline)
  const onBack = useEffectEvent(handler)
  useEffect(() => {
    if (wasOffline.current && !isOffline) onBack()
    wasOffline.current = isOffline
  }, [isOffline])
}
