import type { PersonRef } from '@deskbell/contract'
import { useEffect } from 'react'
import { useDesk } from './use-desk.ts'
import { useDeskState } from './use-desk-state.ts'

/** The people whom this person may name, by name, live; undefined until known. Not fetched while `wanted` is false. */
export function useNames(wanted = true): readonly PersonRef[] | undefined {
  const desk = useDesk()
  useEffect(() => (wanted ? desk.open('names') : undefined), [desk, wanted])
  return useDeskState((state) => state.names)
}
