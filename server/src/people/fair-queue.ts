import { DeskError } from '../errors.ts'

/** A waiting call. Groups take turns; within a group the order of arrival counts. */
export interface Waiter {
  group: string
  /** Aborts when no one waits for the result any more. */
  gone?: AbortSignal
}

/** Runs at most `permits` functions at once. Throws when too many wait, or when one waits too long. */
export type FairQueue = <T>(waiter: Waiter, run: () => Promise<T>) => Promise<T>

export interface FairQueueOptions {
  permits: number
  /** Limit on the waiters of one group. */
  maxPerGroup: number
  /** Limit on the waiters of all groups: another one pushes out the last waiter of the longest group. */
  maxWaiting: number
  timeoutMs: number
}

interface Waiting {
  begin: () => void
  refuse: (refusal: DeskError) => void
}

/** A place is probably free after this time. */
const retryInMs = 2_000

export function createFairQueue(options: FairQueueOptions): FairQueue {
  const { permits, maxPerGroup, maxWaiting, timeoutMs } = options
  let free = permits
  let count = 0
  // A group moves to the end after its turn: the order of the map is the order of turns.
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
    // If all groups are equally long, the newest waiter is refused.
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
