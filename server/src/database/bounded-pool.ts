import pg from 'pg'
import { BoundedClient } from './bounded-client.ts'
import { isDatabaseAway } from './is-database-away.ts'

/** How long queries under way may take once the pool ends. */
const graceMs = 500

/** A pool that replaces silent connections, and does not wait for them when it ends. */
export class BoundedPool extends pg.Pool {
  readonly #clients: Set<BoundedClient>

  constructor(config: pg.PoolConfig) {
    const clients = new Set<BoundedClient>()
    super({
      ...config,
      Client: class extends BoundedClient {
        constructor(options?: pg.ClientConfig) {
          super(options)
          clients.add(this)
          this.once('end', () => clients.delete(this))
        }
      },
    })
    this.#clients = clients
    this.#dropIdleWithLost()
  }

  override end(): Promise<void>
  override end(callback: () => void): void
  override end(callback?: () => void): Promise<void> | void {
    const timer = setTimeout(() => {
      for (const client of this.#clients) client.destroy()
    }, graceMs).unref()
    return callback === undefined
      ? super.end().finally(() => clearTimeout(timer))
      : super.end(callback)
  }

  /**
   * Drops all idle connections when one is lost: they all lead to the same server. Otherwise a request would wait a
   * whole query timeout for each of them.
   */
  #dropIdleWithLost(): void {
    const idle = new Set<pg.PoolClient>()
    function drop(lost: pg.PoolClient): void {
      const doubtful = [...idle].filter((client) => client !== lost)
      idle.clear()
      for (const client of doubtful) {
        client.emit('error', new Error('Connection terminated with another'))
      }
    }
    this.on('acquire', (client) => idle.delete(client))
    this.on('remove', (client) => idle.delete(client))
    this.on('release', (error, client) => {
      if (isDatabaseAway(error)) drop(client)
      else idle.add(client)
    })
    // A broken connection emits an error on its client, and on the pool if it is idle. Without a listener the error
    // would end the process.
    this.on('connect', (client) => client.on('error', () => drop(client)))
  }
}
