import type { OutboxEntry } from '../outbox/entry.ts'
import type { OutboxPlace } from '../outbox/place.ts'
import { browserStorage } from './browser-storage.ts'

interface Tab {
  name: string
  onLead: () => void
  onLost: () => void
}

/** What the tabs of one browser share: what is stored, who leads, and the messages between them. */
export class SimulatedDevice {
  /** Everything stored, by id. */
  readonly stored = new Map<string, unknown>()
  readonly storage = browserStorage()
  /** There is no room. */
  isFull = false
  /** What is stored cannot be removed. */
  isStuck = false
  /** It neither stores nor refuses. */
  hangs = false
  /** While it is set, storing waits for it. */
  busy: Promise<void> | undefined
  /** Pages on plain http have no Web Locks. */
  hasLocks = true
  #waiting: Tab[] = []
  #listeners = new Map<(message: unknown) => void, string>()

  /** One tab. `frozen`: it leads, but runs nothing and answers nothing. */
  tab(options: { frozen?: boolean } = {}): OutboxPlace {
    return {
      open: () =>
        Promise.resolve({
          all: (personId) =>
            Promise.resolve(
              [...this.stored.values()].filter(
                (entry) => (entry as OutboxEntry).personId === personId,
              ),
            ),
          put: async (entry) => {
            if (this.busy !== undefined) await this.busy
            if (this.hangs) await new Promise(() => undefined)
            if (this.isFull) throw new Error('The disk is full.')
            this.stored.set(entry.id, structuredClone(entry))
          },
          remove: (id) => {
            if (this.isStuck) return Promise.reject(new Error('The database is closed.'))
            this.stored.delete(id)
            return Promise.resolve()
          },
        }),
      lead: (name, { onLead, onLost }) => {
        const tab = { name, onLead: options.frozen === true ? () => undefined : onLead, onLost }
        const isExclusive = this.hasLocks
        if (!isExclusive) queueMicrotask(onLead)
        else this.#join([...this.#waiting, tab])
        return {
          isExclusive,
          take: () => {
            this.#leader(name)?.onLost()
            this.#join([tab, ...this.#waiting.filter((other) => other !== tab)])
          },
          release: () => this.#join(this.#waiting.filter((other) => other !== tab)),
        }
      },
      channel: (name, receive) => {
        if (options.frozen !== true) this.#listeners.set(receive, name)
        return {
          post: (message) => {
            for (const [listener, of] of this.#listeners)
              if (listener !== receive && of === name)
                queueMicrotask(() => listener(structuredClone(message)))
          },
          close: () => this.#listeners.delete(receive),
        }
      },
    }
  }

  #leader(name: string): Tab | undefined {
    return this.#waiting.find((tab) => tab.name === name)
  }

  #join(waiting: Tab[]): void {
    const before = this.#waiting
    this.#waiting = waiting
    for (const name of new Set(waiting.map((tab) => tab.name))) {
      const leader = this.#leader(name)
      if (leader !== before.find((tab) => tab.name === name)) queueMicrotask(() => leader?.onLead())
    }
  }
}
