import type { Item } from './items.ts'

/**
 * What can be sent now: the oldest item of each ticket. A refused item holds back the items of its ticket that were made
 * before its person could know of the refusal; a ticket that was not created holds back all.
 */
export function sendable(items: Iterable<Item>): Item[] {
  const ordered = [...items].toSorted((one, other) => one.entry.order - other.entry.order)
  const heads = new Map<string, Item | undefined>()
  const heldUntil = new Map<string, number>()
  const uncreated = new Set<string>()
  for (const item of ordered) {
    const { ticketId, refusal, change, order } = item.entry
    // Files take long: they hold back only the comment with which they come.
    const lane = change.kind === 'attach' ? `${ticketId} files` : ticketId
    if (refusal !== undefined) {
      const until = change.kind === 'createTicket' ? Infinity : refusal.upTo
      heldUntil.set(ticketId, Math.max(heldUntil.get(ticketId) ?? 0, until))
    } else if (
      !heads.has(lane) &&
      !uncreated.has(ticketId) &&
      order > (heldUntil.get(ticketId) ?? 0)
    )
      heads.set(lane, isReady(item) ? item : undefined)
    if (change.kind === 'createTicket') uncreated.add(ticketId)
  }
  return [...heads.values()].filter((item) => item !== undefined)
}

function isReady({ entry: { change }, isSending, isForeign }: Item): boolean {
  if (isSending || isForeign) return false
  return change.kind !== 'addComment' || change.uploads.length === 0
}
