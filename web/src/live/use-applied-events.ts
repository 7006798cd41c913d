import type { AppliedEvent } from '@deskbell/client'
import { useEffect, useEffectEvent } from 'react'
import { useDesk } from './use-desk.ts'

/** Calls the handler once for every event applied while the component is mounted. */
export function useAppliedEvents(handler: (applied: AppliedEvent) => void) {
  const desk = useDesk()
  const onEvent = useEffectEvent(handler)
  useEffect(() => desk.onEvent((applied) => onEvent(applied)), [desk])
}
