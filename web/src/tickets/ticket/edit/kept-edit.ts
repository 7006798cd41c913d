/** A text of a ticket while somebody changes it. */
export interface KeptEdit {
  text: string
  /** The field's value and the ticket's version on which this text is based. */
  base: string
  version: number
}

export interface KeptEditPlace {
  get(): KeptEdit | undefined
  set(edit: KeptEdit): void
  clear(): void
}

/** Where a browser stores one person's edit until it is saved or discarded. `what` names the text. */
export function keptEditPlace(storage: Storage, personId: string, what: string): KeptEditPlace {
  const key = `deskbell.edit.${personId}.${what}`
  return {
    get: () => parse(storage.getItem(key)),
    set: (edit) => {
      try {
        storage.setItem(key, JSON.stringify(edit))
      } catch {
        // Without room the edit lives as long as this page.
      }
    },
    clear: () => storage.removeItem(key),
  }
}

/** A browser's storage may hold anything: a format of another version, or a part of ours. */
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
