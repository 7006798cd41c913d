import type { DeskState, ResourceName } from '@deskbell/client'
import { useEffect } from 'react'
import { useDesk } from './use-desk.ts'
import { useDeskState } from './use-desk-state.ts'

/** A value that a desk has once, live while the component is mounted; undefined until known. */
export function useResource<N extends ResourceName>(name: N): DeskState[N] {
  const desk = useDesk()
  useEffect(() => desk.open(name), [desk, name])
  return useDeskState((state) => state[name])
}
