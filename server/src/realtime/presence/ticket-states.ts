import { limits } from '@deskbell/contract'
import type { PresentPerson } from '@deskbell/contract'
import type { HereTab } from './hub.ts'
import { foremost, shownPeople } from './shown-people.ts'
import type { Hearer } from './shown-people.ts'

/** What is told of tickets, each state made and encoded once for all who hear the same. */
export interface TicketStates {
  /** The state as this receiver hears it; undefined if it says the same as what they were told before. */
  newer(ticketId: string, receiver: Receiver, before: ToldState | undefined): ToldState | undefined
  /** Its tabs changed. */
  changed(ticketId: string): void
  /** Nobody hears of it any more. */
  forget(ticketId: string): void
}

export interface Receiver {
  hearer: Hearer
  personId: string
  /** They have the ticket open, and hear of more people than in a row. */
  isOpen: boolean
}

/** A state of a ticket; `said` is the JSON of who is there. */
export interface ToldState {
  rev: number
  said: string
}

/** A ticket as hearers of one kind hear it. */
interface Heard {
  isCurrent: boolean
  inRow: Form
  inFull: Form
}

interface Form extends ToldState {
  /** The people who are counted and not named. They do not count themselves. */
  counted: ReadonlySet<string>
  saidToCounted: string
}

const nobody = JSON.stringify({ people: [] })

export function createTicketStates(
  tabsOn: (ticketId: string) => readonly HereTab[],
  wallNow: () => number = Date.now,
): TicketStates {
  const tickets = new Map<string, Map<Hearer, Heard>>()

  /** The revision is the time, so that a state which was forgotten and is made again is newer than all before it. */
  function revAfter(heard: Heard | undefined, rev = 0): number {
    return Math.max(wallNow(), 1 + Math.max(rev, heard?.inRow.rev ?? 0, heard?.inFull.rev ?? 0))
  }

  function heardOf(ticketId: string, hearer: Hearer): Heard {
    const byHearer = tickets.get(ticketId) ?? new Map<Hearer, Heard>()
    tickets.set(ticketId, byHearer)
    const before = byHearer.get(hearer)
    if (before?.isCurrent) return before
    const people = shownPeople(tabsOn(ticketId), hearer)
    const rev = revAfter(before)
    const heard = {
      isCurrent: true,
      inRow: formOf(people, limits.presentInRow, rev, before?.inRow),
      inFull: formOf(people, limits.presentOnTicket, rev, before?.inFull),
    }
    byHearer.set(hearer, heard)
    return heard
  }

  return {
    newer(ticketId, { hearer, personId, isOpen }, before) {
      const heard = heardOf(ticketId, hearer)
      const form = isOpen ? heard.inFull : heard.inRow
      const said = form.counted.has(personId) ? form.saidToCounted : form.said
      // At first nobody is there, as long as nothing else was said.
      if (said === (before?.said ?? nobody)) return undefined
      // They may have heard the other form since this one was made.
      if (before && form.rev <= before.rev) form.rev = revAfter(heard, before.rev)
      return { rev: form.rev, said }
    },
    changed(ticketId) {
      for (const heard of tickets.get(ticketId)?.values() ?? []) heard.isCurrent = false
    },
    forget: (ticketId) => void tickets.delete(ticketId),
  }
}

/** What a hearer may not know of changes nothing, not even the revision. */
function formOf(
  all: readonly PresentPerson[],
  most: number,
  rev: number,
  before: Form | undefined,
): Form {
  const { people, others } = foremost(all, most)
  const counted = new Set(others.flatMap(({ person }) => person?.id ?? []))
  const said = sayPeople(people, others.length)
  const saidToCounted = sayPeople(people, others.length - 1)
  const isSame = before?.said === said && before.saidToCounted === saidToCounted
  return { rev: isSame ? before.rev : rev, said, counted, saidToCounted }
}

function sayPeople(people: readonly PresentPerson[], others: number): string {
  const more = Math.min(others, limits.presentCounted)
  return JSON.stringify(more > 0 ? { people, more } : { people })
}
