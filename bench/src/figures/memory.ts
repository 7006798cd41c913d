import { setTimeout as delay } from 'node:timers/promises'
import { memoryOf } from '../processes.ts'
import type { Line } from '../table.ts'

/** Garbage is collected while something happens; with nothing but the server's own timers that takes a while. */
const settleMs = 60_000

/** What a server and its PostgreSQL keep while nobody asks anything of them. */
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
