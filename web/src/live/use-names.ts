import type { PersonRef } from '@deskbell/contract'
import { useEffect, useState } from 'react'
import { useDesk } from './use-desk.ts'
import { useAppliedEvents } from './use-applied-events.ts'
import { useReconnected } from './use-reconnected.ts'

/**
 * The people whom this person may name, by name; undefined until known. Fetched once per mount, then kept up to date.
 * Not fetched while `wanted` is false.
 */
export function useNames(wanted = true): readonly PersonRef[] | undefined {
  const desk = useDesk()
  const [names, setNames] = useState<readonly PersonRef[]>()
  const [turn, setTurn] = useState(0)
  useReconnected(() => setTurn((old) => old + 1))

  useEffect(() => {
    if (!wanted) return undefined
    const asking = new AbortController()
    desk.api.call('names', { signal: asking.signal }).then(
      ({ people }) => setNames(people.toSorted(byName)),
      // A picker without names shows that itself; it asks again when it is opened again or the connection is back.
      () => undefined,
    )
    return () => asking.abort()
  }, [desk, wanted, turn])

  useAppliedEvents(({ event }) => {
    if (event.name !== 'person:changed') return
    const { person } = event.data
    setNames((known) => known?.map((other) => (other.id === person.id ? person : other)))
  })

  return names
}

function byName(a: PersonRef, b: PersonRef): number {
  return a.name.localeCompare(b.name)
}
