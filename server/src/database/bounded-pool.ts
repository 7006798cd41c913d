import pg from 'pg'
import { BoundedClient } from './bounded-client.ts'
import { isDatabaseAway } from './is-database-away.ts'

/** How long queries under way may take once the pool is to end. */
const graceMs = 500

/** A pool that replaces connections that fell silent, and whose end does not wait for them. */
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
   * One lost connection casts doubt on all: they lead the same way. Each idle one would cost somebody the whole limit of
   * a query to find out.
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
    // A connection that breaks tells its client, and if idle the pool; without a listener that ends the process.
    this.on('connect', (client) => client.on('error', () => drop(client)))
  }
}
