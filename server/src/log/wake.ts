import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Logger } from 'pino'
import { BoundedClient } from '../database/bounded-client.ts'

/** Notifies this node and the other nodes that the log has grown. This is only a hint: every node also polls. */
export interface Wake {
  wake(): void
  stop(): Promise<void>
}

const channel = 'deskbell_log'
/**
 * The shortest time between two NOTIFYs: each takes a lock that all commits of the PostgreSQL server share for a
 * moment.
 */
const notifyEveryMs = 50
/** Longer than any NOTIFY takes: an answer that has not come by then never comes. */
const answerMs = 10_000

/** Without a connection it notifies only this node. */
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
      // A node receives its own notifications too.
      if (payload !== node) notify()
    })
    // A server that shuts down sends an error and then closes: this gives two errors and one `end`.
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
        // A notification may be lost with the connection: the other nodes poll.
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
