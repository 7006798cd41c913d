import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { readListSearch } from './list-search.ts'
import type { ListSearch } from './list-search.ts'

type Change = { [K in keyof ListSearch]?: ListSearch[K] | undefined }

export type ChangeListSearch = (change: Change) => void

/** The list's part of the URL, and a function that changes some of it. Beside the inbox it is that of the first list. */
export function useListSearch(): [ListSearch, ChangeListSearch] {
  const address = useSearch({ strict: false })
  // The router also keeps parameters that the route's own reading left out.
  const search = useMemo(() => readListSearch({ ...address }), [address])
  const navigate = useNavigate()
  const change = useCallback(
    (part: Change) =>
      void navigate({
        to: '.',
        search: (before) => readListSearch({ ...before, ...part }),
        replace: true,
      }),
    [navigate],
  )
  return [search, change]
}
