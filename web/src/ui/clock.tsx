import { createContext, use, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'

interface Clock {
  subscribe(listener: () => void): () => void
  now(): number
}

const ClockContext = createContext<Clock | undefined>(undefined)

/** One clock for every relative time below it. `now`: the time, in ms since 1970. */
export function ClockProvider({ now, children }: { now: () => number; children: ReactNode }) {
  const [clock] = useState(() => createClock(now))
  return <ClockContext value={clock}>{children}</ClockContext>
}

/** The current time, updated twice a minute. */
export function useNow(): number {
  const clock = use(ClockContext)
  if (clock === undefined) throw new Error('useNow is called inside ClockProvider.')
  return useSyncExternalStore(clock.subscribe, clock.now)
}

const tickMs = 30_000

function createClock(read: () => number): Clock {
  const listeners = new Set<() => void>()
  let now = read()
  let timer: ReturnType<typeof setInterval> | undefined

  function tick() {
    now = read()
    for (const listener of listeners) listener()
  }

  return {
    now: () => now,
    subscribe(listener) {
      listeners.add(listener)
      if (timer === undefined) {
        // The clock stops while nobody subscribes. Those who come right after others show the time of the others.
        if (Math.abs(read() - now) >= tickMs) now = read()
        timer = setInterval(tick, tickMs)
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(timer)
        timer = undefined
      }
    },
  }
}
