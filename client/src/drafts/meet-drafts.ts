import type { SavedDraft } from '@deskbell/contract'
import { continues, emptyText, isEmpty, sameText, textOf } from './device-drafts.ts'
import { hereText, slot, take } from './draft-parts.ts'
import type { DraftParts } from './draft-parts.ts'

/** Brings together what the server has and what this device has. `soon` saves the drafts of a ticket. */
export function createDraftMeeting(parts: DraftParts, soon: (ticketId: string) => void) {
  const { api, bases, kinds, view, opened } = parts

  function meet(saved: SavedDraft): void {
    const { ticketId, kind, rev } = saved
    const base = bases.get(ticketId, kind)
    const here = hereText(parts, ticketId, kind)
    const there = textOf(saved)
    view.keep(saved)
    if (rev === base?.rev) return
    const agree = () => bases.set(ticketId, kind, { ...there, rev })
    const isUnknown = isEmpty(here) && isEmpty(base ?? emptyText)
    if (sameText(here, there)) agree()
    // It stays on the server until the person opens the ticket on this device.
    else if (isUnknown && !opened.has(ticketId)) return
    else if (sameText(here, base ?? emptyText) || continues(there, here)) {
      if (take(parts, saved)) agree()
    } else if (isEmpty(there) || continues(here, there)) {
      agree()
      soon(ticketId)
    } else view.differ(saved)
    view.refresh(ticketId)
  }

  /** A reply may be older than a save. */
  function meetNewer(saved: SavedDraft): void {
    if (saved.rev >= (bases.get(saved.ticketId, saved.kind)?.rev ?? 0)) meet(saved)
  }

  /** Reads the drafts of a ticket. One that is missing may be hidden, so it is no reason to forget anything. */
  async function read(ticketId: string): Promise<void> {
    const { drafts } = await api.call('drafts', { query: { ticketId } })
    for (const draft of drafts) meetNewer(draft)
  }

  return {
    meet,
    read,
    async readAll(): Promise<void> {
      const known = view
        .tickets()
        .flatMap((ticketId) => kinds.map((kind) => ({ ticketId, kind })))
        .map((one) => ({ ...one, rev: bases.get(one.ticketId, one.kind)?.rev }))
      const { drafts } = await api.call('drafts', {})
      view.keepOnly(drafts)
      for (const draft of drafts) meetNewer(draft)
      const there = new Set(drafts.map(({ ticketId, kind }) => slot(ticketId, kind)))
      const missing = known.filter(({ ticketId, kind, rev }) => {
        const base = bases.get(ticketId, kind)
        // What was saved meanwhile is not in the reply.
        const isAsBefore = base !== undefined && base.rev === rev && !isEmpty(base)
        return isAsBefore && !there.has(slot(ticketId, kind))
      })
      for (const ticketId of new Set(missing.map((one) => one.ticketId))) await read(ticketId)
    },
    open(ticketId: string, onTaken: () => void): () => void {
      const listeners = opened.get(ticketId) ?? new Set()
      opened.set(ticketId, listeners.add(onTaken))
      for (const kind of kinds) {
        const saved = view.saved(ticketId, kind)
        if (saved !== undefined) meetNewer(saved)
      }
      return () => {
        listeners.delete(onTaken)
        if (listeners.size === 0) opened.delete(ticketId)
      }
    },
  }
}
