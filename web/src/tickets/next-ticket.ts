import { createContext, use } from 'react'

/** How a ticket opens the one after it, which only the list knows. */
export interface NextTicket {
  open(): void
  /** The list says how. */
  offer(open: () => void): void
}

export function createNextTicket(): NextTicket {
  let openNext: () => void = () => undefined
  return {
    open: () => openNext(),
    offer(open) {
      openNext = open
    },
  }
}

export const NextTicketContext = createContext<NextTicket | undefined>(undefined)

/** Opens the ticket after the open one, if the list has one. */
export function useOpenNext(): () => void {
  const next = use(NextTicketContext)
  return () => next?.open()
}
