import type { DeskState } from '@deskbell/client'
import { useSyncExternalStore } from 'react'
import { useDesk } from './use-desk.ts'

/**
 * A part of the desk's state. `select` answers with a value or a part that keeps its identity while unchanged,
 * never with something newly made.
 */
export function useDeskState<T>(select: (state: DeskState) => T): T {
  const desk = useDesk()
  return useSyncExternalStore(desk.subscribe, () => select(desk.state))
}
