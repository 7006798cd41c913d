import net from 'node:net'

/** A proxy to a server that can cut connections, as a failing network or server does. */
export interface Gate {
  /** The port that it listens on, if it has no `path`. */
  port: number
  /** Breaks every connection and accepts no new one. */
  shut(): Promise<void>
  open(): Promise<void>
  /** Holds replies back until `release`; `heldBytes` shows that some have arrived. */
  hold(): void
  heldBytes(): number
  release(): void
  /**
   * From now on every connection, old or new, stays open and passes nothing in either direction, not even its end: like
   * a network that dropped it, or a host that died.
   */
  fallSilent(): void
  /** New connections pass again; the silent ones stay silent. */
  speak(): void
}

export async function createGate(reach: () => net.Socket, path?: string): Promise<Gate> {
  const answers = new Map<net.Socket, net.Socket>()
  let server: net.Server | undefined
  let port = 0
  let isSilent = false
  const forgotten = new Set<net.Socket>()

  function forget(socket: net.Socket): void {
    forgotten.add(socket)
    socket.unpipe()
    socket.removeAllListeners('close').on('close', () => forgotten.delete(socket))
    socket.on('error', () => undefined)
    socket.resume()
  }

  function pass(inner: net.Socket): void {
    if (isSilent) return forget(inner)
    const outer = reach()
    answers.set(outer, inner)
    outer.on('close', () => answers.delete(outer))
    join(inner, outer)
    join(outer, inner)
  }

  async function open(): Promise<void> {
    const opened = net.createServer(pass)
    await new Promise<void>((resolve) => {
      if (path === undefined) opened.listen(port, '127.0.0.1', resolve)
      else opened.listen(path, resolve)
    })
    const address = opened.address()
    if (typeof address === 'object' && address !== null) port = address.port
    server = opened
  }

  await open()
  return {
    get port() {
      return port
    },
    open,
    async shut() {
      const closed = new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
      for (const [outer, inner] of answers) {
        outer.destroy()
        inner.destroy()
      }
      for (const socket of forgotten) socket.destroy()
      await closed
      server = undefined
    },
    hold() {
      for (const [outer, inner] of answers) {
        outer.unpipe(inner)
        // Keeps reading, so that `heldBytes` shows when a reply has arrived.
        outer.read(0)
      }
    },
    heldBytes: () => [...answers.keys()].reduce((sum, outer) => sum + outer.readableLength, 0),
    release() {
      for (const [outer, inner] of answers) outer.pipe(inner)
    },
    fallSilent() {
      isSilent = true
      for (const sockets of answers) sockets.forEach(forget)
      answers.clear()
    },
    speak() {
      isSilent = false
    },
  }
}

function join(from: net.Socket, to: net.Socket): void {
  from.on('error', () => undefined)
  from.on('close', () => to.destroy())
  from.pipe(to)
}
