import { DeskError } from '../errors.ts'

/** Who waits: turns go around between groups, and within one in the order of arrival. */
export interface Waiter {
  group: string
  /** Aborted when nobody waits for the result any more. */
  gone?: AbortSignal
}

/** Runs what it is given once fewer than `atOnce` are under way. Refused when too many wait, or for too long. */
export type FairQueue = <T>(waiter: Waiter, run: () => Promise<T>) => Promise<T>

export interface FairQueueOptions {
  permits: number
  /** How many of one group may wait. */
  maxPerGroup: number
  /** How many may wait in all: for one more, the longest group gives up its last. */
  maxWaiting: number
  timeoutMs: number
}

interface Waiting {
  begin: () => void
  refuse: (refusal: DeskError) => void
}

/** After this a place is likely to be free. */
const retryInMs = 2_000

export function createFairQueue(options: FairQueueOptions): FairQueue {
  const { permits, maxPerGroup, maxWaiting, timeoutMs } = options
  let free = permits
  let count = 0
  // A group goes to the end when it had its turn: the order of the map is the order of the round.
  const groups = new Map<string, Set<Waiting>>()

  function remove(group: string, waiting: Waiting): void {
    const members = groups.get(group)
    if (members?.delete(waiting) !== true) return
    count -= 1
    if (members.size === 0) groups.delete(group)
  }

  function makeRoom(group: string): void {
    if ((groups.get(group)?.size ?? 0) >= maxPerGroup)
      throw new DeskError('request.tooMany', { retryInMs })
    if (count < maxWaiting) return
    const [longest] = [...groups.values()].toSorted((a, b) => b.size - a.size)
    // Where each waits for one thing, who comes last has to go.
    if (longest === undefined || longest.size <= (groups.get(group)?.size ?? 0) + 1)
      throw new DeskError('busy', { retryInMs })
    ;[...longest].at(-1)?.refuse(new DeskError('busy', { retryInMs }))
  }

  function acquire({ group, gone }: Waiter): Promise<void> {
    if (gone?.aborted === true) return Promise.reject(new DeskError('busy'))
    if (free > 0) {
      free -= 1
      return Promise.resolve()
    }
    makeRoom(group)
    return new Promise((resolve, reject) => {
      const leave = () => waiting.refuse(new DeskError('busy', { retryInMs }))
      const timer = setTimeout(leave, timeoutMs)
      gone?.addEventListener('abort', leave)
      function end() {
        clearTimeout(timer)
        gone?.removeEventListener('abort', leave)
        remove(group, waiting)
      }
      const waiting: Waiting = {
        begin() {
          end()
          resolve()
        },
        refuse(refusal) {
          end()
          reject(refusal)
        },
      }
      const members = groups.get(group) ?? new Set()
      groups.set(group, members.add(waiting))
      count += 1
    })
  }

  function pass(): void {
    const [next] = groups
    if (next === undefined) {
      free += 1
      return
    }
    const [group, members] = next
    const [first] = members
    first?.begin()
    if (groups.delete(group)) groups.set(group, members)
  }

  return async (waiter, run) => {
    await acquire(waiter)
    try {
      return await run()
    } finally {
      pass()
    }
  }
}
