import { isBy } from '@deskbell/contract'
import type { Eyes, PersonRef, Receipt, TimelineItem } from '@deskbell/contract'
import type { TimelineGap } from '@deskbell/client'

/**
 * Under which item each receipt stands, by the item's number: the newest one of those that are read, the description and
 * comments, that the person has seen. Nobody has to be told that people have seen what they wrote.
 */
export function receiptsByItem(
  timeline: readonly TimelineItem[],
  gaps: readonly TimelineGap[],
  receipts: readonly Receipt[],
): ReadonlyMap<number, readonly Receipt[]> {
  const placed = receipts.flatMap((receipt) => {
    const last = timeline.findLastIndex(({ seq }) => seq <= receipt.seq)
    const next = timeline[last + 1]?.seq
    // The newest one may be in a part that is not loaded.
    if (next !== undefined && gaps.some(({ before }) => before === next)) return []
    const item = timeline.slice(0, last + 1).findLast(isRead)
    if (item === undefined || isBy(item.actor, receipt.person.id)) return []
    return [{ receipt, seq: item.seq }]
  })
  const groups = Map.groupBy(placed, ({ seq }) => seq)
  return new Map([...groups].map(([seq, all]) => [seq, all.map(({ receipt }) => receipt)]))
}

/**
 * The item under which people who are not staff are told that the team has looked: the newest one, if one of them wrote it.
 * Undefined: there is none, or nobody has looked.
 */
export function itemSeenByTeam(
  timeline: readonly TimelineItem[],
  { id }: Pick<PersonRef, 'id'>,
  { lastAt }: Eyes,
): number | undefined {
  const newest = timeline.findLast(isRead)
  if (newest?.actor.kind !== 'person' || lastAt === null) return undefined
  const { person } = newest.actor
  return person.id === id || !person.staff ? newest.seq : undefined
}

/** How many of the staff have looked since somebody last asked, and the item with which they did. */
export interface TeamLooks {
  seq: number
  people: number
  lastAt: string
}

/** Undefined: nobody has looked, the item is not loaded, or the reader is not staff. */
export function teamLooksAt(timeline: readonly TimelineItem[], eyes: Eyes): TeamLooks | undefined {
  const { people = 0, lastAt, since } = eyes
  const asked = timeline.findLast((item) => isRead(item) && item.at === since)
  if (people === 0 || lastAt === null || asked === undefined) return undefined
  return { seq: asked.seq, people, lastAt }
}

function isRead({ kind }: TimelineItem): boolean {
  return kind === 'created' || kind === 'comment'
}
