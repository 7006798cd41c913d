import { useEffect, useRef, useState } from 'react'

interface DraftPlace<T> {
  get(): T | undefined
  /** Whether it is kept. */
  set(draft: T): boolean
  clear(): void
}

export interface StoredDraft<T> {
  /** As it is shown. */
  value: T | undefined
  /** It will be here after a reload. */
  kept: boolean
  /** As it is at this moment: other windows of this person's write the same drafts. */
  read(): T | undefined
  write(draft: T): void
  clear(): void
}

/** The browser tells only other windows what was kept; this page may have been left and come back to. */
export function tellThisWindow() {
  window.dispatchEvent(new StorageEvent('storage'))
}

/** A draft kept in this browser, and shown alike in all its windows. */
export function useStoredDraft<T>(place: DraftPlace<T>): StoredDraft<T> {
  const [value, setValue] = useState(() => place.get())
  const [kept, setKept] = useState(true)
  // What the browser would not keep lives as long as this page.
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
