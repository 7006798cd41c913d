/** A client's screen: the tickets on it, and what its client was told of them. */
export interface Screen {
  /** The tickets on it that its reader may see. */
  shown: Set<string>
  /** The revision that was told last, by ticket. */
  sent: Map<string, number>
  /** The tickets of which there may be a newer state. */
  due: Set<string>
}

/** Which screens show which ticket. */
export interface Screens<S extends Screen> {
  /** Puts exactly these tickets on a screen; the state of each that is new there is due. */
  show(screen: S, ticketIds: Set<string>): void
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
    screen.due.delete(ticketId)
  }

  return {
    show(screen, ticketIds) {
      for (const id of screen.shown) if (!ticketIds.has(id)) hide(screen, id)
      for (const id of ticketIds) {
        if (screen.shown.has(id)) continue
        const screens = byTicket.get(id) ?? new Set<S>()
        byTicket.set(id, screens.add(screen))
        screen.due.add(id)
      }
      screen.shown = ticketIds
    },
    hide,
    with: (ticketId) => byTicket.get(ticketId) ?? none,
  }
}
