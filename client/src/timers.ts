import type { Environment } from './environment.ts'

/** Timers of one desk. After `stop` no waiting code continues. */
export function createTimers({ after }: Pick<Environment, 'after'>) {
  const cancels = new Set<() => void>()
  let isStopped = false

  return {
    pause(ms: number): Promise<void> {
      return new Promise((resolve) => {
        if (isStopped) return
        const cancel = after(ms, () => {
          cancels.delete(cancel)
          resolve()
        })
        cancels.add(cancel)
      })
    },
    stop(): void {
      isStopped = true
      for (const cancel of cancels) cancel()
      cancels.clear()
    },
  }
}
