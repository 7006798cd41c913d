import type { Environment } from './environment.ts'

/** Waiting that ends all at once: after `stop` nothing that waited goes on. */
export function createPauses({ after }: Pick<Environment, 'after'>) {
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
