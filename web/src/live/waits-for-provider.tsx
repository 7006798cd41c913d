import type { ReactNode } from 'react'
import { WaitsForContext } from '../ui/waits-for.ts'
import { useDeskState } from './use-desk-state.ts'
import { useOfflineSince } from './use-offline-since.ts'

/** Tells every sign of an unconfirmed change what it waits for. */
export function WaitsForProvider({ children }: { children: ReactNode }) {
  const isOffline = useOfflineSince() !== undefined
  const isSlowed = useDeskState(({ slowedUntil }) => slowedUntil !== undefined)
  const slowed = isSlowed ? 'Waits a moment, since that was a lot at once' : undefined
  return (
    <WaitsForContext value={isOffline ? 'Waits for the connection' : slowed}>
      {children}
    </WaitsForContext>
  )
}
