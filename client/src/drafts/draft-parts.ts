import type { DraftKind, SavedDraft } from '@deskbell/contract'
import type { Core } from '../core.ts'
import { deviceText, emptyText, sameText, takeDraft } from './device-drafts.ts'
import type { DraftBases, DraftText } from './draft-bases.ts'
import type { DraftView } from './draft-view.ts'
import type { Drafts } from './drafts.ts'

/** What the modules that keep drafts the same share. */
export interface DraftParts extends Pick<Core, 'api' | 'environment'> {
  local: Drafts
  bases: DraftBases
  /** The kinds that this person may write. */
  kinds: readonly DraftKind[]
  view: DraftView
  /** Who hears what was taken from other devices, by the ticket whose composer is on the screen. */
  opened: Map<string, Set<() => void>>
}

export function slot(ticketId: string, kind: DraftKind): string {
  return `${ticketId} ${kind}`
}

export function hereText({ local }: DraftParts, ticketId: string, kind: DraftKind): DraftText {
  return deviceText(local, ticketId, kind)
}

/** Whether the draft changed here since device and server agreed. */
export function isDirty(parts: DraftParts, ticketId: string, kind: DraftKind): boolean {
  const base = parts.bases.get(ticketId, kind) ?? emptyText
  return !sameText(hereText(parts, ticketId, kind), base)
}

/** Puts what another device wrote into the draft here. False: this device has no room for it, so it stays on the server. */
export function take({ local, opened }: DraftParts, saved: SavedDraft): boolean {
  if (!takeDraft(local, saved)) return false
  for (const onTaken of opened.get(saved.ticketId) ?? []) onTaken()
  return true
}
