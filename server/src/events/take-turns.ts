import { DeskError } from '../errors.ts'

/** Runs what it is given when fewer than `atOnce` are under way, in the order in which they came; `busy` if that takes too long. */
export type Turns = <T>(run: () => Promise<T>) => Promise<T>

export function createTurns(atOnce: number, patienceMs: number): Turns {
  let free = atOnce
  const waiting = new Set<() => void>()

  function turn(): Promise<void> {
    if (free > 0) {
      free -= 1
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(begin)
        reject(new DeskError('busy'))
      }, patienceMs)
      function begin() {
        clearTimeout(timer)
        waiting.delete(begin)
        resolve()
      }
      waiting.add(begin)
    })
  }

  function pass(): void {
    const [next] = waiting
    if (next === undefined) free += 1
    else next()
  }

  return async (run) => {
    await turn()
    try {
      return await run()
    } finally {
      pass()
    }
  }
}
