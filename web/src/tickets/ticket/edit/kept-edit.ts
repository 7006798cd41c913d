/** A text of a ticket while it is changed. */
export interface KeptEdit {
  text: string
  /** What it was, and the ticket's version, when this text was last based on it. */
  base: string
  version: number
}

export interface KeptEditPlace {
  get(): KeptEdit | undefined
  set(edit: KeptEdit): void
  clear(): void
}

/** Where what one person is changing is kept in a browser until it is saved or given up. `what` names the text. */
export function keptEditPlace(storage: Storage, personId: string, what: string): KeptEditPlace {
  const key = `deskbell.edit.${personId}.${what}`
  return {
    get: () => parse(storage.getItem(key)),
    set: (edit) => {
      try {
        storage.setItem(key, JSON.stringify(edit))
      } catch {
        // No room: it lives as long as this page.
      }
    },
    clear: () => storage.removeItem(key),
  }
}

/** Anything may be in a browser's storage: another version's words, or half of ours. */
function parse(text: string | null): KeptEdit | undefined {
  if (text === null) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isEdit(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isEdit(value: unknown): value is KeptEdit {
  if (typeof value !== 'object' || value === null) return false
  const edit = value as Record<keyof KeptEdit, unknown>
  return (
    typeof edit.text === 'string' &&
    typeof edit.base === 'string' &&
    typeof edit.version === 'number'
  )
}
