import type { DeskState } from '@deskbell/client'
import { useSyncExternalStore } from 'react'
import { useDesk } from './use-desk.ts'

/**
 * A part of the desk's state. `select` returns a primitive or a part that keeps its identity while unchanged, never a
 * new object.
 */
export function useDeskState<T>(select: (state: DeskState) => T): T {
  const desk = useDesk()
  return useSyncExternalStore(desk.subscribe, () => select(desk.state))
}
