import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Logger } from 'pino'
import { BoundedClient } from '../database/bounded-client.ts'

/** Tells this node and the others that there is something new. Only ever a hint: every node polls as well. */
export interface Wake {
  wake(): void
  stop(): Promise<void>
}

const channel = 'deskbell_log'
/** At most this often, because every NOTIFY takes a lock that all of the server's commits share for a moment. */
const notifyEveryMs = 50
/** Longer than any NOTIFY takes: what gets no answer until then never will. */
const answerMs = 10_000

/** Without a connection only this node is told. */
export function createWake(
  connection: pg.PoolConfig | undefined,
  notify: () => void,
  log: Logger,
  reconnectAfterMs = 5_000,
): Wake {
  if (connection === undefined) return { wake: notify, stop: () => Promise.resolve() }
  const node = randomUUID()
  let client: BoundedClient | undefined
  let isListening = false
  let notifying: NodeJS.Timeout | undefined
  let reconnecting: NodeJS.Timeout | undefined
  let stopped = false

  async function connect(): Promise<void> {
    const next = new BoundedClient({
      query_timeout: answerMs,
      ...connection,
      application_name: 'deskbell wake',
    })
    client = next
    next.on('notification', ({ payload }) => {
      // What this node tells the others comes back to it, too.
      if (payload !== node) notify()
    })
    // A server that goes away says so and then closes: that is two errors, and one end.
    next.on('error', (error) => log.debug({ err: error }, 'wake connection lost'))
    next.once('end', () => {
      isListening = false
      if (!stopped) reconnecting = setTimeout(() => void connect(), reconnectAfterMs)
    })
    try {
      await next.connect()
      await next.query(`listen ${channel}`)
      isListening = true
    } catch (error) {
      log.debug({ err: error }, 'wake connection not made')
      await next.end().catch(() => undefined)
    }
  }

  void connect()
  return {
    wake() {
      notify()
      notifying ??= setTimeout(() => {
        notifying = undefined
        // Lost when the connection is: the other nodes poll.
        if (isListening) client?.query(`notify ${channel}, '${node}'`).catch(() => undefined)
      }, notifyEveryMs)
    },
    async stop() {
      stopped = true
      clearTimeout(notifying)
      clearTimeout(reconnecting)
      await client?.end()
    },
  }
}
