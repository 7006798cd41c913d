import type { AuditEntry } from '@deskbell/contract'
import { useEffect, useState } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { useReconnected } from '../../live/use-reconnected.ts'
import type { AuditSearch } from './audit-search.ts'

interface AuditEntries {
  /** Undefined until known. */
  entries: readonly AuditEntry[] | undefined
  /** Where the next page begins; null at the end. */
  next: number | null
  /** Why the first or the next page could not be read. */
  error: unknown
  loading: boolean
  loadMore: () => void
  reload: () => void
}

interface Read {
  of: string
  entries: readonly AuditEntry[]
  next: number | null
}

/** The audit log, newest first, page by page. Not live: it is read again only on request. */
export function useAuditEntries({ kind, person }: AuditSearch): AuditEntries {
  const { api } = useDesk()
  const [turn, setTurn] = useState(0)
  const [wanted, setWanted] = useState<number>()
  const [read, setRead] = useState<Read>()
  const [failed, setFailed] = useState<{ of: string; error: unknown }>()
  useReconnected(() => setFailed(undefined))
  const of = [kind, person, turn].join(' ')
  const shown = read?.of === of ? read : undefined
  const error = failed?.of === of ? failed.error : undefined
  // A page requested under another filter does not belong to this one.
  const after = shown !== undefined && wanted === shown.next ? wanted : undefined
  const loading = error === undefined && (shown === undefined || after !== undefined)

  useEffect(() => {
    if (!loading) return undefined
    const reading = new AbortController()
    const query = { kind, person, after }
    api.call('audit', { query, signal: reading.signal }).then(
      ({ items, next }) => {
        if (reading.signal.aborted) return
        setRead((old) => {
          const before = after === undefined || old?.of !== of ? [] : old.entries
          return { of, entries: [...before, ...items], next }
        })
      },
      (thrown: unknown) => {
        if (!reading.signal.aborted) setFailed({ of, error: thrown })
      },
    )
    return () => reading.abort()
  }, [api, kind, person, after, of, loading])

  return {
    // The earlier entries stay until the reply arrives.
    entries: shown?.entries ?? (read === undefined ? undefined : read.entries),
    next: shown?.next ?? null,
    error,
    loading,
    loadMore() {
      setFailed(undefined)
      if (shown !== undefined && shown.next !== null) setWanted(shown.next)
    },
    reload() {
      setFailed(undefined)
      setTurn((old) => old + 1)
    },
  }
}
