import type { Heard } from '@deskbell/client'
import { useEffect, useEffectEvent } from 'react'
import { useDesk } from './use-desk.ts'

/** Calls the handler once for every event applied while the component is mounted. */
export function useHeard(handler: (heard: Heard) => void) {
  const desk = useDesk()
  const hear = useEffectEvent(handler)
  useEffect(() => desk.onHeard((heard) => hear(heard)), [desk])
}
