import { createDrafts } from '@deskbell/client'
import { useEffect, useMemo, useState } from 'react'
import { useMe } from '../../live/use-me.ts'

interface StoredDraft<T> {
  /** As it is shown. */
  value: T | undefined
  /** As it is kept at this moment: other windows of this person's write the same drafts. */
  read(): T | undefined
  write(draft: T): void
  clear(): void
}

/** A draft of the person signed in, kept in this browser under a name and shown alike in all its windows. */
export function useStoredDraft<T>(name: string): StoredDraft<T> {
  const me = useMe()
  const drafts = useMemo(() => createDrafts(localStorage, me.id), [me.id])
  const [value, setValue] = useState(() => drafts.get<T>(name))

  useEffect(() => {
    const refresh = () => setValue(drafts.get<T>(name))
    window.addEventListener('storage', refresh)
    return () => window.removeEventListener('storage', refresh)
  }, [drafts, name])

  return {
    value,
    read: () => drafts.get<T>(name),
    write: (draft) => {
      drafts.set(name, draft)
      setValue(draft)
    },
    clear: () => {
      drafts.clear(name)
      setValue(undefined)
    },
  }
}
