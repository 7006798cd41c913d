import type { Me } from '@deskbell/contract'
import { useDeskState } from './use-desk-state.ts'

export function useMe(): Me {
  return useDeskState((state) => state.me)
}
