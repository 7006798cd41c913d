import { acquireLease, LeaseLostError } from './lease.ts'
import type { Lease } from './lease.ts'
import type { Db } from './types.ts'

interface AloneOptions {
  /** What the lease is called. */
  name: string
  /** The first run is this long after the node got the lease. A run never begins before the last one has ended. */
  everyMs: number
  /** Ends early, with a `LeaseLostError`, when another node holds the lease. */
  work: (lease: Lease) => Promise<void>
  reportBug: (bug: unknown) => void
  /** How often the holder renews the lease and the other nodes try to get it. It lasts three times as long. */
  beatMs?: number
}

/** Does some work regularly, on one of the nodes at a time. Another node takes over when this one stops or dies. */
export function workAlone(
  db: Db,
  { name, everyMs, work, reportBug, beatMs = 5_000 }: AloneOptions,
): { stop(): Promise<void> } {
  let lease: Lease | undefined
  let runAt = Infinity
  let isRunning = false
  let isStopped = false
  let timer: NodeJS.Timeout | undefined

  async function keep(): Promise<void> {
    if (lease !== undefined && (await lease.renew())) return
    lease = await acquireLease(db, name, 3 * beatMs)
    runAt = performance.now() + everyMs
  }

  async function run(held: Lease): Promise<void> {
    isRunning = true
    try {
      await work(held)
    } catch (thrown) {
      if (!(thrown instanceof LeaseLostError)) reportBug(thrown)
    } finally {
      isRunning = false
      runAt = performance.now() + everyMs
    }
  }

  async function beat(): Promise<void> {
    await keep().catch(reportBug)
    if (isStopped) return
    // The lease is renewed while the work runs.
    if (lease !== undefined && !isRunning && performance.now() >= runAt) void run(lease)
    timer = setTimeout(next, beatMs)
  }

  let beating = beat()
  function next(): void {
    beating = beat()
  }

  return {
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await beating
      await lease?.release().catch(reportBug)
    },
  }
}
