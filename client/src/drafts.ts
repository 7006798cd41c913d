/** What someone is writing, kept on the device until it is sent or discarded. */
export interface Draft {
  /** UUIDv7: the id of the comment it will be, so that it exists once however often it is sent. */
  id: string
  body: string
  internal: boolean
  attachmentIds: readonly string[]
  /** The version that was on the screen when writing began. */
  seenVersion?: number
}

export interface Drafts {
  get(ticketId: string): Draft | undefined
  /** False: the device has no room or keeps nothing, so it should not be promised to be there later. */
  set(ticketId: string, draft: Draft): boolean
  clear(ticketId: string): void
  list(): { ticketId: string; draft: Draft }[]
}

/** One person's drafts. Signing out leaves them; nobody else's session on the device reads them. */
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

/** Anything may be in a browser's storage: another version's words, or half of ours. */
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
    Array.isArray(draft.attachmentIds) &&
    (draft.seenVersion === undefined || typeof draft.seenVersion === 'number')
  )
}
