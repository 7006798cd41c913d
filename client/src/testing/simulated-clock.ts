import type { Environment } from '../environment.ts'

interface Timer {
  at: number
  callback: () => void
}

/** Time that passes when told to. */
export class SimulatedClock {
  #now = Date.parse('2026-11-22T10:00:00.000Z')
  #timers = new Set<Timer>()
  #wakers = new Set<() => void>()
  #cutOffs = new Set<() => void>()

  readonly environment: Pick<Environment, 'now' | 'after' | 'onWake' | 'onCutOff' | 'random'> = {
    now: () => this.#now,
    random: () => 0.5,
    after: (ms, callback) => {
      const timer = { at: this.#now + ms, callback }
      this.#timers.add(timer)
      return () => this.#timers.delete(timer)
    },
    onWake: (listener) => {
      this.#wakers.add(listener)
      return () => this.#wakers.delete(listener)
    },
    onCutOff: (listener) => {
      this.#cutOffs.add(listener)
      return () => this.#cutOffs.delete(listener)
    },
  }

  get waiting(): number {
    return this.#timers.size
  }

  /** The browser is online again, or looked at. */
  wake(): void {
    for (const waker of this.#wakers) waker()
  }

  /** The browser says that it is offline. */
  cutOff(): void {
    for (const listener of this.#cutOffs) listener()
  }

  /** Lets time pass; what becomes due meanwhile happens in its order. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms
    for (;;) {
      const [next] = [...this.#timers]
        .filter((timer) => timer.at <= end)
        .sort((a, b) => a.at - b.at)
      if (next === undefined) break
      this.#timers.delete(next)
      this.#now = Math.max(this.#now, next.at)
      next.callback()
      await settled()
    }
    this.#now = end
  }
}

/** When everything that needs no further input has happened. */
export async function settled(): Promise<void> {
  for (let round = 0; round < 3; round += 1) await new Promise((resolve) => setImmediate(resolve))
}
