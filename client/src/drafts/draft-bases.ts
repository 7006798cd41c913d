import type { DraftKind } from '@deskbell/contract'

/** What can be compared of two drafts. */
export interface DraftText {
  body: string
  attachmentIds: readonly string[]
}

/** The draft on which device and server agreed last. */
export interface DraftBase extends DraftText {
  rev: number
}

export interface DraftBases {
  get(ticketId: string, kind: DraftKind): DraftBase | undefined
  set(ticketId: string, kind: DraftKind, base: DraftBase): void
}

/**
 * All windows of a browser share them, as they share the drafts. Those of empty drafts are not stored: they would be as many as
 * there are tickets.
 */
export function createDraftBases(storage: Storage, personId: string): DraftBases {
  const key = (ticketId: string, kind: DraftKind) =>
    `deskbell.draftBase.${personId}.${ticketId}.${kind}`

  const emptied = new Map<string, DraftBase>()

  return {
    get: (ticketId, kind) =>
      parse(storage.getItem(key(ticketId, kind))) ?? emptied.get(key(ticketId, kind)),
    set(ticketId, kind, base) {
      const isEmpty = base.body === '' && base.attachmentIds.length === 0
      if (isEmpty) {
        emptied.set(key(ticketId, kind), base)
        return storage.removeItem(key(ticketId, kind))
      }
      emptied.delete(key(ticketId, kind))
      try {
        storage.setItem(key(ticketId, kind), JSON.stringify(base))
      } catch {
        // Without a base the next change of the draft is compared with what the server has.
        storage.removeItem(key(ticketId, kind))
      }
    },
  }
}

function parse(text: string | null): DraftBase | undefined {
  try {
    const base = JSON.parse(text ?? 'null') as Partial<DraftBase> | null
    const isBase = typeof base?.rev === 'number' && typeof base.body === 'string'
    return isBase && Array.isArray(base.attachmentIds) ? (base as DraftBase) : undefined
  } catch {
    return undefined
  }
}
