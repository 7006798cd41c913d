import { useEffect, useEffectEvent, useState } from 'react'
import { useReconnected } from '../live/use-reconnected.ts'

interface Fetched<T> {
  /** Undefined until known. */
  value: T | undefined
  /** Why it could not be read. */
  error: unknown
  reload: () => void
}

/**
 * A value without events: it is read when first shown, and again when the person comes back to the page or the
 * connection is back.
 */
export function useFetched<T>(read: (signal: AbortSignal) => Promise<T>): Fetched<T> {
  const [turn, setTurn] = useState(0)
  const [state, setState] = useState<Omit<Fetched<T>, 'reload'>>({
    value: undefined,
    error: undefined,
  })
  const reload = () => setTurn((old) => old + 1)
  const fetchIt = useEffectEvent(read)

  useEffect(() => {
    const reading = new AbortController()
    fetchIt(reading.signal).then(
      (value) => setState({ value, error: undefined }),
      (error: unknown) => {
        if (!reading.signal.aborted) setState((old) => ({ ...old, error }))
      },
    )
    return () => reading.abort()
  }, [turn])

  useEffect(() => {
    window.addEventListener('focus', reload)
    return () => window.removeEventListener('focus', reload)
  }, [])

  useReconnected(reload)

  return { ...state, reload }
}
