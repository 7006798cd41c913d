/** How often the urgent sound repeats, and for how long: whoever has not come by then does not hear it. */
const everyMs = 30_000
const atMostMs = 5 * 60_000

interface RingingOptions {
  now: () => number
  /** Calls back once after that time. Returns the canceller. */
  after: (ms: number, callback: () => void) => () => void
  ring: () => void
}

/** The urgent tickets at which nobody who could help has looked. */
export interface Ringing {
  /** Rings for this ticket again and again, whose first ring was just heard. */
  add(ticketId: string): void
  /** Somebody has looked, or the ticket is not urgent any more. */
  remove(ticketId: string): void
  stop(): void
}

export function createRinging({ now, after, ring }: RingingOptions): Ringing {
  const until = new Map<string, number>()
  let cancel: (() => void) | undefined

  function wait() {
    cancel ??= after(everyMs, () => {
      cancel = undefined
      for (const [ticketId, end] of until) if (end <= now()) until.delete(ticketId)
      if (until.size === 0) return
      ring()
      wait()
    })
  }

  function remove(ticketId: string) {
    until.delete(ticketId)
    if (until.size > 0) return
    cancel?.()
    cancel = undefined
  }

  return {
    add(ticketId) {
      until.set(ticketId, now() + atMostMs)
      wait()
    },
    remove,
    stop: () => [...until.keys()].forEach(remove),
  }
}
