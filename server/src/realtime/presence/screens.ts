import type { ToldState } from './ticket-states.ts'

/** A client's screen: the tickets on it, and what its client was told of them. */
export interface Screen {
  /** The tickets on it that its reader may see. */
  shown: Set<string>
  /** What was told last, by ticket. */
  sent: Map<string, ToldState>
}

/** Which screens show which ticket. */
export interface Screens<S extends Screen> {
  /** Puts exactly these tickets on a screen. Returns whether one of them is new there. */
  show(screen: S, ticketIds: Set<string>): boolean
  hide(screen: S, ticketId: string): void
  with(ticketId: string): ReadonlySet<S>
}

const none: ReadonlySet<never> = new Set<never>()

/** `unshown` is called with a ticket that is on no screen any more. */
export function createScreens<S extends Screen>(unshown: (ticketId: string) => void): Screens<S> {
  const byTicket = new Map<string, Set<S>>()

  function hide(screen: S, ticketId: string): void {
    const screens = byTicket.get(ticketId)
    screens?.delete(screen)
    if (screens?.size === 0) {
      byTicket.delete(ticketId)
      unshown(ticketId)
    }
    screen.shown.delete(ticketId)
    screen.sent.delete(ticketId)
  }

  return {
    show(screen, ticketIds) {
      for (const id of screen.shown) if (!ticketIds.has(id)) hide(screen, id)
      const added = [...ticketIds].filter((id) => !screen.shown.has(id))
      for (const id of added) byTicket.set(id, (byTicket.get(id) ?? new Set<S>()).add(screen))
      screen.shown = ticketIds
      return added.length > 0
    },
    hide,
    with: (ticketId) => byTicket.get(ticketId) ?? none,
  }
}
