import type { DraftKind, SavedDraft } from '@deskbell/contract'
import { deviceText, isEmpty, textOf } from './device-drafts.ts'
import type { DraftBases } from './draft-bases.ts'
import type { Drafts } from './drafts.ts'

/** What a person is writing on a ticket. */
export interface TicketDrafts {
  /** There is something to go on with, on this device or on another one. */
  written: boolean
  /** What was written on another device and differs from what is here. */
  differing: Partial<Record<DraftKind, SavedDraft>>
}

export type DraftView = ReturnType<typeof createDraftView>

/** What the screens show of the drafts: those of this device, and those that the server had when it was asked last. */
export function createDraftView(
  local: Drafts,
  bases: DraftBases,
  kinds: readonly DraftKind[],
  changed: () => void,
) {
  const saved = new Map<string, SavedDraft>()
  const differing = new Map<string, SavedDraft>()
  const onDevice = new Set<string>()
  let shown = new Map<string, TicketDrafts>()
  const slot = (ticketId: string, kind: DraftKind) => `${ticketId} ${kind}`

  function isSaved(ticketId: string, kind: DraftKind): boolean {
    const draft = saved.get(slot(ticketId, kind))
    return draft !== undefined && (bases.get(ticketId, kind)?.rev ?? 0) < draft.rev
  }

  function differingOf(ticketId: string, kind: DraftKind): SavedDraft | undefined {
    const draft = differing.get(slot(ticketId, kind))
    // Another window may have decided.
    if (draft === undefined || (bases.get(ticketId, kind)?.rev ?? 0) < draft.rev) return draft
    differing.delete(slot(ticketId, kind))
    return undefined
  }

  function refresh(ticketId: string): void {
    const isHere = kinds.some((kind) => !isEmpty(deviceText(local, ticketId, kind)))
    if (isHere) onDevice.add(ticketId)
    else onDevice.delete(ticketId)
    const others = kinds.flatMap((kind) => {
      const draft = differingOf(ticketId, kind)
      return draft === undefined ? [] : [[kind, draft] as const]
    })
    const written = isHere || kinds.some((kind) => isSaved(ticketId, kind))
    const before = shown.get(ticketId)
    const isSame =
      (before?.written ?? false) === written &&
      kinds.every((kind) => before?.differing[kind] === Object.fromEntries(others)[kind])
    if (isSame) return
    shown = new Map(shown)
    if (written) shown.set(ticketId, { written, differing: Object.fromEntries(others) })
    else shown.delete(ticketId)
    changed()
  }

  for (const { ticketId } of local.list()) refresh(ticketId.split('.')[0] ?? '')

  return {
    value: (): ReadonlyMap<string, TicketDrafts> => shown,
    /** Tickets with a draft on this device or on the server. */
    tickets: () => [
      ...new Set([...onDevice, ...[...saved.values()].map(({ ticketId }) => ticketId)]),
    ],
    refresh,
    saved: (ticketId: string, kind: DraftKind) => saved.get(slot(ticketId, kind)),
    keep(draft: SavedDraft): void {
      const key = slot(draft.ticketId, draft.kind)
      if (isEmpty(textOf(draft))) saved.delete(key)
      else saved.set(key, draft)
      refresh(draft.ticketId)
    },
    keepOnly(drafts: readonly SavedDraft[]): void {
      const before = [...saved.values()]
      saved.clear()
      for (const draft of drafts) saved.set(slot(draft.ticketId, draft.kind), draft)
      for (const { ticketId } of before) refresh(ticketId)
    },
    /** The device has it, or something newer. */
    forget(ticketId: string, kind: DraftKind): void {
      saved.delete(slot(ticketId, kind))
      refresh(ticketId)
    },
    differ(draft: SavedDraft): void {
      differing.set(slot(draft.ticketId, draft.kind), draft)
    },
    differing: differingOf,
    agree(ticketId: string, kind: DraftKind): void {
      differing.delete(slot(ticketId, kind))
      refresh(ticketId)
    },
  }
}
