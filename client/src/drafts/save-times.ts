import type { Environment } from '../environment.ts'

/** A draft is saved after a pause of this length, and while someone writes without one, this often. */
const pauseMs = 1_000
const atLeastEveryMs = 10_000

interface Waiting {
  since: number
  cancel: () => void
}

/** Decides when the drafts of a ticket are saved. */
export function createSaveTimes(
  { now, after }: Pick<Environment, 'now' | 'after'>,
  save: (ticketId: string) => void,
) {
  const waiting = new Map<string, Waiting>()

  function run(ticketId: string): void {
    waiting.get(ticketId)?.cancel()
    waiting.delete(ticketId)
    save(ticketId)
  }

  function wait(ticketId: string, ms: number): void {
    const before = waiting.get(ticketId)
    before?.cancel()
    const since = before?.since ?? now()
    waiting.set(ticketId, { since, cancel: after(ms, () => run(ticketId)) })
  }

  return {
    soon(ticketId: string): void {
      const since = waiting.get(ticketId)?.since ?? now()
      wait(ticketId, Math.max(0, Math.min(pauseMs, since + atLeastEveryMs - now())))
    },
    after: wait,
    flush(): void {
      const all = [...waiting.keys()]
      for (const ticketId of all) run(ticketId)
    },
    stop(): void {
      for (const { cancel } of waiting.values()) cancel()
      waiting.clear()
    },
  }
}
