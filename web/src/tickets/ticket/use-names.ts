import type { PersonRef } from '@deskbell/contract'
import { useState } from 'react'
import { useDesk } from '../../live/use-desk.ts'

interface Names {
  people: readonly PersonRef[] | undefined
  error: unknown
  /** Asks for them, when a picker opens: who can be picked may have changed since the last time. */
  load(): Promise<void>
}

/** The people a picker offers. */
export function useNames(): Names {
  const desk = useDesk()
  const [people, setPeople] = useState<readonly PersonRef[]>()
  const [error, setError] = useState<unknown>()

  async function load() {
    setError(undefined)
    try {
      const reply = await desk.api.call('names')
      setPeople(reply.people)
    } catch (thrown) {
      setError(thrown)
    }
  }

  return { people, error, load }
}
