import type { Attachment, DraftKind } from '@deskbell/contract'

/** An unsent comment, kept on the device until it is sent or discarded. */
export interface Draft {
  /** UUIDv7: the id of the comment it becomes, so that sending it twice makes one comment. */
  id: string
  /** The number of the ticket, which finds the draft even when the ticket itself is no longer visible. */
  ticketNumber: number
  body: string
  internal: boolean
  /** Uploaded files that will be sent with the comment. */
  attachments: readonly Attachment[]
  /** The ticket's version on the screen when writing began. */
  seenVersion?: number
  /** When it was written on another device, if nothing was written here since: ISO 8601. */
  writtenAt?: string
}

export interface Drafts {
  get(ticketId: string): Draft | undefined
  /** False: the device could not store it, so the screen must not promise to keep it. */
  set(ticketId: string, draft: Draft): boolean
  clear(ticketId: string): void
  list(): { ticketId: string; draft: Draft }[]
}

/**
 * Under the ticket's id is the draft in the composer, of either kind. If there is one of the other kind, too, it is under
 * this key.
 */
export function besideKey(ticketId: string): string {
  return `${ticketId}.beside`
}

export function kindOf({ internal }: Pick<Draft, 'internal'>): DraftKind {
  return internal ? 'note' : 'reply'
}

/** One person's drafts. They survive signing out; sessions of other people on the device do not read them. */
export function createDrafts(storage: Storage, personId: string): Drafts {
  const prefix = `deskbell.draft.${personId}.`

  function get(ticketId: string): Draft | undefined {
    return parse(storage.getItem(prefix + ticketId))
  }

  return {
    get,
    set(ticketId, draft) {
      try {
        storage.setItem(prefix + ticketId, JSON.stringify(draft))
        return true
      } catch {
        return false
      }
    },
    clear: (ticketId) => storage.removeItem(prefix + ticketId),
    list() {
      const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
      return keys
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length))
        .flatMap((ticketId) => {
          const draft = get(ticketId)
          return draft === undefined ? [] : [{ ticketId, draft }]
        })
    },
  }
}

/** A browser's storage can hold anything: data of another version, or half of ours. */
function parse(text: string | null): Draft | undefined {
  if (text === null) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isDraft(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false
  const draft = value as Partial<Record<keyof Draft, unknown>>
  return (
    typeof draft.id === 'string' &&
    typeof draft.body === 'string' &&
    typeof draft.internal === 'boolean' &&
    typeof draft.ticketNumber === 'number' &&
    Array.isArray(draft.attachments) &&
    (draft.seenVersion === undefined || typeof draft.seenVersion === 'number')
  )
}
