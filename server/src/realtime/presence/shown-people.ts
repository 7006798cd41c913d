import type { Doing, PresentPerson } from '@deskbell/contract'
import type { HereTab } from './hub.ts'

/**
 * Who hears of presence: staff, and the people on the ticket who are not staff; `named` if the desk lets them see staff by
 * name.
 */
export type Hearer = 'staff' | 'requesters' | 'named'

const pressing: readonly Doing[] = ['viewing', 'noting', 'replying']

/**
 * Everyone who has a ticket open, one entry a person, in the order in which they came. Requesters see nothing of internal
 * notes, not even a change of order, and of staff without a name only that someone is replying, not how many.
 */
export function shownPeople(tabs: readonly HereTab[], hearer: Hearer): PresentPerson[] {
  if (hearer === 'staff') return peopleOf(tabs)
  if (hearer === 'named') return peopleOf(tabs.map(withoutNote))
  const requesters = peopleOf(tabs.filter(({ person }) => !person.staff))
  // Nothing else of who replies: neither since when they have the ticket open nor whether another tab is in sight.
  const replying = peopleOf(
    tabs
      .filter((tab) => tab.person.staff && tab.doing === 'replying')
      .map((tab) => ({ ...tab, since: tab.doingSince })),
  )
  return [...requesters, ...someoneOf(replying)].toSorted(bySince)
}

/** At most so many of them, who do the most pressing things, in the order in which they came, and the others. */
export function foremost(
  all: readonly PresentPerson[],
  most: number,
): { people: readonly PresentPerson[]; others: readonly PresentPerson[] } {
  if (all.length <= most) return { people: all, others: [] }
  const first = new Set(all.toSorted(byPressure).slice(0, most))
  return {
    people: all.filter((one) => first.has(one)),
    others: all.filter((one) => !first.has(one)),
  }
}

function peopleOf(tabs: readonly HereTab[]): PresentPerson[] {
  const byPerson = Map.groupBy(tabs, ({ person }) => person.id)
  return [...byPerson.values()].map(personOf).toSorted(bySince)
}

/** Who writes a note looks at the ticket. */
function withoutNote(tab: HereTab): HereTab {
  return tab.doing === 'noting' ? { ...tab, doing: 'viewing', typing: false } : tab
}

/** A person with several tabs does the most pressing of what they do in them. */
function personOf(tabs: readonly HereTab[]): PresentPerson {
  const [first] = tabs
  if (first === undefined) throw new Error('a person is here with a tab')
  const doing = tabs
    .map((tab) => tab.doing)
    .reduce((most, next) => (pressing.indexOf(next) > pressing.indexOf(most) ? next : most))
  return {
    person: first.person,
    doing,
    typing: tabs.some((tab) => tab.doing === doing && tab.typing),
    idle: tabs.every(({ hidden }) => hidden),
    since: new Date(Math.min(...tabs.map(({ since }) => since))).toISOString(),
  }
}

function someoneOf(replying: readonly PresentPerson[]): PresentPerson[] {
  const [first] = replying.toSorted(bySince)
  if (first === undefined) return []
  return [
    {
      person: null,
      doing: 'replying',
      typing: replying.some(({ typing }) => typing),
      idle: replying.every(({ idle }) => idle),
      since: first.since,
    },
  ]
}

function byPressure(a: PresentPerson, b: PresentPerson): number {
  return pressing.indexOf(b.doing) - pressing.indexOf(a.doing) || Number(a.idle) - Number(b.idle)
}

function bySince(a: PresentPerson, b: PresentPerson): number {
  return a.since < b.since ? -1 : a.since > b.since ? 1 : 0
}
