import net from 'node:net'
import pg from 'pg'

/** Longer than a running server takes to close a connection. */
const goodbyeMs = 1_000

/**
 * A connection that never waits forever. A dead host, or a network that dropped the connection, sends nothing: no
 * answer and no end. So connecting, every query (with `query_timeout`) and closing have their own limits, and an idle
 * connection probes from time to time whether the other side still exists.
 */
export class BoundedClient extends pg.Client {
  readonly #socket: net.Socket

  constructor(config: pg.ClientConfig = {}) {
    const socket = new net.Socket()
    super({
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      // Node probes ten times more, once a second.
      keepAliveInitialDelayMillis: 10_000,
      // In this mode a query without an answer in time closes its connection.
      pipeline: true,
      ...config,
      stream: () => socket,
    })
    this.#socket = socket
  }

  override end(): Promise<void>
  override end(callback: (error: Error) => void): void
  override end(callback?: (error: Error) => void): Promise<void> | void {
    const timer = setTimeout(() => this.destroy(), goodbyeMs).unref()
    this.once('end', () => clearTimeout(timer))
    return callback === undefined ? super.end() : super.end(callback)
  }

  /** Closes the connection at once, without a goodbye message. */
  destroy(): void {
    this.#socket.destroy()
  }
}
