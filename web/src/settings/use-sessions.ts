import type { SignedIn } from '@deskbell/contract'
import { useEffect, useState } from 'react'
import { useDesk } from '../live/use-desk.ts'
import { useHeard } from '../live/use-heard.ts'

interface Sessions {
  /** Undefined until known. */
  sessions: readonly SignedIn[] | undefined
  /** Why they could not be read. */
  error: unknown
  reload: () => void
}

/** Where the person is signed in: read again when one of their sessions ends, and when they come back to the page. */
export function useSessions(): Sessions {
  const { api } = useDesk()
  const [turn, setTurn] = useState(0)
  const [state, setState] = useState<Omit<Sessions, 'reload'>>({
    sessions: undefined,
    error: undefined,
  })
  const reload = () => setTurn((old) => old + 1)

  useEffect(() => {
    const reading = new AbortController()
    api.call('mySessions', { signal: reading.signal }).then(
      ({ sessions }) => setState({ sessions, error: undefined }),
      (error: unknown) => {
        if (!reading.signal.aborted) setState((old) => ({ ...old, error }))
      },
    )
    return () => reading.abort()
  }, [api, turn])

  useEffect(() => {
    window.addEventListener('focus', reload)
    return () => window.removeEventListener('focus', reload)
  }, [])

  useHeard(({ event }) => {
    if (event.name === 'session:ended') reload()
  })
  return { ...state, reload }
}
