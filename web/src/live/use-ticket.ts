import type { TicketState } from '@deskbell/client'
import { useEffect } from 'react'
import { useDesk } from './use-desk.ts'
import { useDeskState } from './use-desk-state.ts'

const loading: TicketState = { status: 'loading' }

/** A ticket by id or number, loaded and live while the component is mounted. */
export function useTicket(ref: string): TicketState {
  const desk = useDesk()
  useEffect(() => desk.openTicket(ref), [desk, ref])
  return useDeskState((state) => state.tickets.get(ref)) ?? loading
}
