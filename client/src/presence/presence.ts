import type { PresenceUpdate, TicketPresence, Timings } from '@deskbell/contract'
import type { Environment } from '../environment.ts'
import { createPicture } from './picture.ts'
import type { Presence } from './picture.ts'
import { createTabState } from './tab-state.ts'
import type { Screen } from './tab-state.ts'

/** What this tab tells others of its person, and what it hears of them. Nothing of it is in the log. */
export interface LivePresence {
  view(): Presence
  showScreen(part: Partial<Screen>): void
  typed(): void
  /** The cursor has moved. */
  applied(seq: number): void
  receive(tickets: readonly TicketPresence[]): void
  greeted(timings: Timings | undefined): void
  lost(): void
  stop(): void
}

export function createPresence(
  {
    environment: { now, after },
    changed,
  }: {
    environment: Pick<Environment, 'now' | 'after'>
    changed: () => void
  },
  personId: string,
  tell: (update: PresenceUpdate) => boolean,
): LivePresence {
  const picture = createPicture({ after, personId, changed })
  const tab = createTabState({
    now,
    after,
    tell(update) {
      const isSent = tell(update)
      // The server repeats nothing of a ticket that it believes to be on the screen all the time.
      if (isSent) picture.keep(ticketsOf(update))
      return isSent
    },
  })
  return {
    view: picture.view,
    showScreen: tab.show,
    typed: tab.typed,
    applied: tab.applied,
    receive: picture.receive,
    greeted(timings) {
      picture.greeted(timings)
      tab.greeted(timings)
    },
    lost: picture.lost,
    stop() {
      tab.stop()
      picture.stop()
    },
  }
}

function ticketsOf({ open, onScreen }: PresenceUpdate): ReadonlySet<string> {
  return new Set([...onScreen, ...(open ? [open.ticketId] : [])])
}
