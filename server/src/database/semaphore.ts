import { DeskError } from '../errors.ts'

/**
 * Runs at most `permits` functions at once; the others wait in order of arrival. Throws `busy` after `timeoutMs` of
 * waiting.
 */
export type Semaphore = <T>(run: () => Promise<T>) => Promise<T>

export function createSemaphore(permits: number, timeoutMs: number): Semaphore {
  let free = permits
  const waiting = new Set<() => void>()

  function acquire(): Promise<void> {
    if (free > 0) {
      free -= 1
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(begin)
        reject(new DeskError('busy'))
      }, timeoutMs)
      function begin() {
        clearTimeout(timer)
        waiting.delete(begin)
        resolve()
      }
      waiting.add(begin)
    })
  }

  function release(): void {
    const [next] = waiting
    if (next === undefined) free += 1
    else next()
  }

  return async (run) => {
    await acquire()
    try {
      return await run()
    } finally {
      release()
    }
  }
}
