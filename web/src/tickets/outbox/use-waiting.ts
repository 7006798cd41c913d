import type { OutboxItem } from '@deskbell/client'
import { useMemo } from 'react'
import { useDeskState } from '../../live/use-desk-state.ts'

/** This person's changes that the server does not have and does not answer for now; those that need a decision first. */
export function useWaiting(): readonly OutboxItem[] {
  const { items } = useDeskState(({ outbox }) => outbox)
  const isOffline = useDeskState(({ connection }) => connection.state === 'offline')
  return useMemo(() => {
    const late = items.filter(({ isWaiting, error }) => isOffline || isWaiting || error)
    return late.toSorted(
      (one, other) => Number(other.error !== undefined) - Number(one.error !== undefined),
    )
  }, [items, isOffline])
}
