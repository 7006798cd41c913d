import net from 'node:net'
import pg from 'pg'

/** Longer than a server that runs takes to hang up. */
const goodbyeMs = 1_000

/**
 * A connection that never waits for ever. A host that died or a network that forgot the connection says nothing at all:
 * no answer, no end. So making it, each query (with `query_timeout`) and its end all have a limit of our own, and an
 * idle one asks from time to time whether the other side is there.
 */
export class BoundedClient extends pg.Client {
  readonly #socket: net.Socket

  constructor(config: pg.ClientConfig = {}) {
    const socket = new net.Socket()
    super({
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      // Node asks ten times more, once a second.
      keepAliveInitialDelayMillis: 10_000,
      // In this mode a query that gets no answer in time takes its connection with it.
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

  /** Ends it at once, without a goodbye. */
  destroy(): void {
    this.#socket.destroy()
  }
}
