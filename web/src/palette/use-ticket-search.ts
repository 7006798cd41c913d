import type { Reply } from '@deskbell/contract'
import { useEffect, useState } from 'react'
import { useDesk } from '../live/use-desk.ts'
import { useOfflineSince } from '../live/use-offline-since.ts'

export type Found = Reply<'tickets'>['items'][number]

interface TicketSearch {
  found: readonly Found[]
  searching: boolean
  error: unknown
}

/** A search starts after this pause in typing. */
const pauseMs = 150
const shownAtMost = 8

/**
 * The latest tickets that match; the results of the previous query stay until the reply arrives. Searches again when the
 * connection is back.
 */
export function useTicketSearch(query: string): TicketSearch {
  const { api } = useDesk()
  const isOffline = useOfflineSince() !== undefined
  const [answer, setAnswer] = useState<{ query: string; found: readonly Found[]; error: unknown }>(
    nothing,
  )

  // Not a list of the cache: it lives for one keystroke, and events need not update it.
  useEffect(() => {
    if (query === '') return undefined
    const asking = new AbortController()
    const timer = setTimeout(() => {
      void api
        .call('tickets', { query: { q: query, limit: shownAtMost }, signal: asking.signal })
        .then(({ items }) => ({ query, found: items, error: undefined }))
        .catch((error: unknown) => ({ query, found: [], error }))
        .then((answered) => {
          if (!asking.signal.aborted) setAnswer(answered)
        })
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      asking.abort()
    }
  }, [api, query, isOffline])

  if (query === '') return { found: [], searching: false, error: undefined }
  return { found: answer.found, searching: answer.query !== query, error: answer.error }
}

const nothing = { query: '', found: [], error: undefined }
