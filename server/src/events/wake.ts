import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Logger } from 'pino'

/** Tells this node and the others that there is something new. Only ever a hint: every node polls as well. */
export interface Wake {
  wake(): void
  stop(): Promise<void>
}

const channel = 'deskbell_log'
/** At most this often, because every NOTIFY takes a lock that all of the server's commits share for a moment. */
const notifyEveryMs = 50

/** Without a connection only this node is told. */
export function createWake(
  connection: pg.PoolConfig | undefined,
  poke: () => void,
  log: Logger,
  reconnectAfterMs = 5_000,
): Wake {
  if (connection === undefined) return { wake: poke, stop: () => Promise.resolve() }
  const node = randomUUID()
  let client: pg.Client | undefined
  let notifying: NodeJS.Timeout | undefined
  let reconnecting: NodeJS.Timeout | undefined
  let stopped = false

  async function connect(): Promise<void> {
    const next = new pg.Client({ ...connection, application_name: 'deskbell wake' })
    next.on('notification', ({ payload }) => {
      // What this node tells the others comes back to it, too.
      if (payload !== node) poke()
    })
    // A server that goes away says so and then closes: that is two errors, and one end.
    next.on('error', (error) => log.debug({ err: error }, 'wake connection lost'))
    next.once('end', () => {
      client = undefined
      if (!stopped) reconnecting = setTimeout(() => void connect(), reconnectAfterMs)
    })
    try {
      await next.connect()
      await next.query(`listen ${channel}`)
      client = next
    } catch (error) {
      log.debug({ err: error }, 'wake connection not made')
      await next.end().catch(() => undefined)
    }
  }

  const connecting = connect()
  return {
    wake() {
      poke()
      notifying ??= setTimeout(() => {
        notifying = undefined
        // Lost when the connection is: the other nodes poll.
        client?.query(`notify ${channel}, '${node}'`).catch(() => undefined)
      }, notifyEveryMs)
    },
    async stop() {
      stopped = true
      clearTimeout(notifying)
      clearTimeout(reconnecting)
      await connecting
      clearTimeout(reconnecting)
      await client?.end()
    },
  }
}
