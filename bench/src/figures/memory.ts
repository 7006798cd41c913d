import { setTimeout as delay } from 'node:timers/promises'
import { memoryOf } from '../processes.ts'
import type { Line } from '../table.ts'

/** Garbage collection runs only when something happens, and with only the server's own timers that takes this long. */
const settleMs = 60_000

/** The memory of a server and its PostgreSQL while it gets no requests. */
export async function memory(pid: number, when: string, goal?: string): Promise<Line> {
  await delay(settleMs)
  const { server, database } = memoryOf(pid)
  const total = Math.round(server + database)
  const parts = `server ${Math.round(server)} + PostgreSQL ${Math.round(database)}`
  return {
    what: `idle memory (PSS), ${when}`,
    measured: `${total} MB (${parts})`,
    ...(goal === undefined ? {} : { goal }),
  }
}
