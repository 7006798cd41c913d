import type { Reply } from '@deskbell/contract'
import { useDocumentVisibility, useWindowEvent } from '@mantine/hooks'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useAppliedEvents } from '../../live/use-applied-events.ts'
import { useConnection } from '../../live/use-connection.ts'
import { useDesk } from '../../live/use-desk.ts'
import { useMe } from '../../live/use-me.ts'
import { awaySince, readHere, wasAway, writeHere } from './here.ts'
import type { Here } from './here.ts'

/** How often a tab in sight notes that the person is here. */
const noteMs = 15_000

type Missed = Reply<'missed'>

export interface Away {
  /** What the person missed; undefined when they were not away, or missed nothing. */
  missed: Missed | undefined
  /** The tickets among it that they have seen since, by id. */
  seen: ReadonlySet<string>
  /** Whether the panel tells, or will tell, of an event with this number. */
  covers: (seq: number) => boolean
  close: () => void
}

/**
 * A person is here while a tab of this browser is in sight and live. Whoever comes back after five minutes or more gets
 * what they missed, read from the server: events that this tab heard meanwhile may be none, if it was closed.
 */
export function useAway(): Away {
  const desk = useDesk()
  const { id } = useMe()
  const isVisible = useDocumentVisibility() === 'visible'
  const isHere = useConnection().state === 'live' && isVisible
  const [missed, setMissed] = useState<Missed>()
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set())
  const reading = useRef<AbortController>(undefined)
  const readUpTo = useRef(-1)
  const heardUpTo = useRef(-1)
  const remembered = useRef<Here>(undefined)

  const note = useEffectEvent(() => {
    const here = lastHere()
    const since = awaySince(here, desk.now())
    const isBack = wasAway(here, desk.now())
    write({ at: desk.now(), ...(since !== undefined && { awaySince: since }) })
    if (since !== undefined && (missed === undefined || isBack)) void read(since)
  })

  /** A browser without room for it stores nothing: then this tab remembers. */
  function lastHere(): Here | undefined {
    return remembered.current ?? readHere(id)
  }

  function write(here: Here) {
    writeHere(id, here)
    remembered.current = readHere(id)?.at === here.at ? undefined : here
  }

  async function read(since: number) {
    if (reading.current !== undefined) return
    const asking = new AbortController()
    reading.current = asking
    try {
      const query = { since: new Date(since).toISOString() }
      const ask = () => desk.api.call('missed', { query, signal: asking.signal })
      let answer = await ask()
      // What came meanwhile made no toast.
      if (heardUpTo.current > answer.seq) answer = await ask()
      readUpTo.current = answer.seq
      if (answer.tickets.length === 0) return write({ at: desk.now() })
      setSeen(new Set())
      setMissed(answer)
    } catch {
      // The absence is remembered: the next note asks again.
    } finally {
      if (reading.current === asking) reading.current = undefined
    }
  }

  useEffect(() => {
    if (!isHere) return undefined
    note()
    const timer = setInterval(() => note(), noteMs)
    return () => clearInterval(timer)
  }, [isHere])
  useEffect(() => () => reading.current?.abort(), [])
  // Another tab closed the panel.
  useWindowEvent('storage', () => {
    if (readHere(id)?.awaySince === undefined) setMissed(undefined)
  })

  useAppliedEvents(({ event }) => {
    heardUpTo.current = event.meta.seq
    if (event.name === 'ticket:seen') setSeen((before) => new Set([...before, event.data.ticketId]))
  })

  return {
    missed,
    seen,
    covers: (seq) =>
      wasAway(lastHere(), desk.now()) || reading.current !== undefined || seq <= readUpTo.current,
    close() {
      setMissed(undefined)
      write({ at: desk.now() })
    },
  }
}
