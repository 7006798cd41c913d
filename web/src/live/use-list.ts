import { listKey } from '@deskbell/client'
import type { ListQuery, ListState } from '@deskbell/client'
import { useEffect, useMemo } from 'react'
import { useDesk } from './use-desk.ts'
import { useDeskState } from './use-desk-state.ts'

/** A list of tickets, loaded and live while the component is mounted. */
export function useList(query: ListQuery): ListState {
  const desk = useDesk()
  const key = listKey(query)
  // Equal queries of different renders are one list.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const stable = useMemo(() => query, [key])
  useEffect(() => desk.openList(stable), [desk, stable])
  const list = useDeskState((state) => state.lists.get(key))
  return useMemo(() => list ?? notYet(stable), [list, stable])
}

function notYet(query: ListQuery): ListState {
  return {
    query,
    status: 'loading',
    error: undefined,
    items: [],
    more: false,
    loadingMore: false,
    resultsMayHaveChanged: false,
  }
}
