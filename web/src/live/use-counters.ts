import type { Counters } from '@deskbell/contract'
import { useDeskState } from './use-desk-state.ts'

/** Exact counts per view, or undefined until they are known. */
export function useCounters(): Counters | undefined {
  return useDeskState((state) => state.counters)
}
