import type { TicketPresence } from '@deskbell/contract'
import type { HereTab } from './hub.ts'
import { shownPeople } from './shown-people.ts'
import type { Hearer } from './shown-people.ts'

/** The states of tickets as they are told, each made once for all who hear the same. */
export interface TicketStates {
  of(ticketId: string, hearer: Hearer): TicketPresence
  /** Its tabs changed: the next state is made anew. */
  changed(ticketId: string): void
  /** Nobody hears of it any more. */
  forget(ticketId: string): void
}

type Told = Map<Hearer, { state: TicketPresence; text: string; isCurrent: boolean }>

export function createTicketStates(
  tabsOn: (ticketId: string) => readonly HereTab[],
  wallNow: () => number = Date.now,
): TicketStates {
  const tickets = new Map<string, Told>()
  return {
    of(ticketId, hearer) {
      const told: Told = tickets.get(ticketId) ?? new Map()
      tickets.set(ticketId, told)
      const before = told.get(hearer)
      if (before?.isCurrent) return before.state
      const people = shownPeople(tabsOn(ticketId), hearer)
      const text = JSON.stringify(people)
      // What this hearer may not know of changes nothing, not even the revision. It is the time, so that a state which was
      // forgotten and is made again is newer than all before it.
      const isSame = before?.text === text
      const state = isSame
        ? before.state
        : { ticketId, rev: Math.max((before?.state.rev ?? 0) + 1, wallNow()), people }
      told.set(hearer, { state, text, isCurrent: true })
      return state
    },
    changed(ticketId) {
      for (const told of tickets.get(ticketId)?.values() ?? []) told.isCurrent = false
    },
    forget: (ticketId) => void tickets.delete(ticketId),
  }
}
