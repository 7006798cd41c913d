import type { Present } from '@deskbell/client'
import type { Doing } from '@deskbell/contract'
import { useEffect } from 'react'
import { useDesk } from './use-desk.ts'
import { useDeskState } from './use-desk-state.ts'

const nobody: Present = { people: [], more: 0 }

/** The others who have a ticket open now, if it is on the screen. */
export function usePresence(ticketId: string): Present {
  return useDeskState((state) => state.presence.get(ticketId) ?? nobody)
}

/** Lets others see that the ticket is open here, and what for, while the component is mounted. */
export function useShowOpen(ticketId: string, doing: Doing): void {
  const desk = useDesk()
  useEffect(() => desk.showScreen({ open: { ticketId, doing } }), [desk, ticketId, doing])
  useEffect(() => () => desk.showScreen({ open: null }), [desk, ticketId])
}

/** Asks who has these tickets open, by id, while the component is mounted. */
export function useShowRows(ticketIds: readonly string[]): void {
  const desk = useDesk()
  const ids = ticketIds.join()
  useEffect(() => desk.showScreen({ onScreen: ids === '' ? [] : ids.split(',') }), [desk, ids])
  useEffect(() => () => desk.showScreen({ onScreen: [] }), [desk])
}
