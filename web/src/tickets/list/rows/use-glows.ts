import { useState } from 'react'
import { useAppliedEvents } from '../../../live/use-applied-events.ts'

export const glowMs = 1200

/** Looking changes nothing that others would look at. */
const looks: ReadonlySet<string> = new Set(['ticket:seen', 'ticket:looked'])

/** The time of the last change by someone, by ticket id, in ms since 1970: the row glows for a moment. */
export function useGlows(): ReadonlyMap<string, number> {
  const [glows, setGlows] = useState<ReadonlyMap<string, number>>(new Map())
  useAppliedEvents(({ event, own }) => {
    if (own || !event.name.startsWith('ticket:') || looks.has(event.name)) return
    if (!('ticketId' in event.data)) return
    const { ticketId } = event.data
    const now = Date.now()
    setGlows((before) => {
      const fresh = [...before].filter(([, at]) => now - at < glowMs)
      return new Map([...fresh, [ticketId, now]])
    })
  })
  return glows
}
