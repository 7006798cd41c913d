import type { Connection } from '@deskbell/client'
import { useDeskState } from './use-desk-state.ts'

export function useConnection(): Connection {
  return useDeskState((state) => state.connection)
}
