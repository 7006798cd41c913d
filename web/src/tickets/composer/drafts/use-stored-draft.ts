import { useEffect, useRef, useState } from 'react'

interface DraftPlace<T> {
  get(): T | undefined
  /** Returns whether the browser stored the draft. */
  set(draft: T): boolean
  clear(): void
}

export interface StoredDraft<T> {
  /** The draft as the page shows it. */
  value: T | undefined
  /** The draft survives a reload. */
  kept: boolean
  /** The draft at this moment: other windows of the same person write the same drafts. */
  read(): T | undefined
  write(draft: T): void
  clear(): void
}

/** The browser sends the storage event only to other windows; this window may have left the page and come back. */
export function tellThisWindow() {
  window.dispatchEvent(new StorageEvent('storage'))
}

/** A draft stored in this browser; all its windows show the same text. */
export function useStoredDraft<T>(place: DraftPlace<T>): StoredDraft<T> {
  const [value, setValue] = useState(() => place.get())
  const [kept, setKept] = useState(true)
  // A draft that the browser did not store lives as long as this page.
  const unkept = useRef<T>(undefined)

  useEffect(() => {
    const refresh = () => setValue(unkept.current ?? place.get())
    window.addEventListener('storage', refresh)
    return () => window.removeEventListener('storage', refresh)
  }, [place])

  return {
    value,
    kept,
    read: () => unkept.current ?? place.get(),
    write: (draft) => {
      const isKept = place.set(draft)
      unkept.current = isKept ? undefined : draft
      setKept(isKept)
      setValue(draft)
    },
    clear: () => {
      unkept.current = undefined
      place.clear()
      setValue(undefined)
    },
  }
}
