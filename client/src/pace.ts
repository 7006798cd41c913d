import type { Environment } from './environment.ts'

interface Pace extends Pick<Environment, 'now'> {
  pause(ms: number): Promise<void>
}

/** Returns a function that has `call` called soon, at most once in `ms`: many changes are one call. */
export function createPace({ now, pause }: Pace, call: () => void): (ms: number) => void {
  let isWaiting = false
  let calledAt = -Infinity

  function run(): void {
    isWaiting = false
    calledAt = now()
    call()
  }

  return (ms) => {
    if (isWaiting) return
    isWaiting = true
    // The clock may have been put back.
    const isTooSoon = Math.abs(now() - calledAt) < ms
    if (isTooSoon) void pause(ms).then(run)
    else queueMicrotask(run)
  }
}
