import type { Notification } from '@deskbell/contract'

type Item = Pick<Notification, 'ticketId' | 'seq'>

/** The places of items as they were shown, by the ticket's id: also of those that left, which may come back. */
export type Places = ReadonlyMap<string, { place: number; seq: number }>

/**
 * Keeps items in their places although they were read meanwhile. What has news comes first, and further pages behind.
 * `items`: in the order of the inbox.
 */
export function steadyItems<N extends Item>(items: readonly N[], before: Places): readonly N[] {
  const newest = Math.max(0, ...[...before.values()].map(({ seq }) => seq))
  const placeOf = ({ ticketId, seq }: N) => {
    const known = before.get(ticketId)
    if (known?.seq === seq) return known.place
    return seq > newest ? -1 : before.size
  }
  return items.toSorted((a, b) => placeOf(a) - placeOf(b))
}

export function placesOf(items: readonly Item[], before: Places): Places {
  const now = items.map(({ ticketId, seq }, place) => [ticketId, { place, seq }] as const)
  return new Map([...before, ...now])
}
