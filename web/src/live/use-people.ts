import type { Account } from '@deskbell/contract'
import { useEffect } from 'react'
import { useDesk } from './use-desk.ts'
import { useDeskState } from './use-desk-state.ts'

/** All accounts, live while the component is mounted; undefined until known. For super admins. */
export function usePeople(): readonly Account[] | undefined {
  const desk = useDesk()
  useEffect(() => desk.openPeople(), [desk])
  return useDeskState((state) => state.people)
}
