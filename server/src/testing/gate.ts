import net from 'node:net'

/** A way to a server that can be shut, as a network or a server that goes away shuts it. */
export interface Gate {
  /** Where it listens: the port, when it was not told a path. */
  port: number
  /** Breaks every connection and takes no new one. */
  shut(): Promise<void>
  open(): Promise<void>
  /** Keeps answers back until released; `heldBytes` tells that some have come. */
  hold(): void
  heldBytes(): number
  release(): void
}

export async function createGate(reach: () => net.Socket, path?: string): Promise<Gate> {
  const answers = new Map<net.Socket, net.Socket>()
  let server: net.Server | undefined
  let port = 0

  function pass(inner: net.Socket): void {
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
      await closed
      server = undefined
    },
    hold() {
      for (const [outer, inner] of answers) {
        outer.unpipe(inner)
        // Reads on, so that it is known when an answer has come.
        outer.read(0)
      }
    },
    heldBytes: () => [...answers.keys()].reduce((sum, outer) => sum + outer.readableLength, 0),
    release() {
      for (const [outer, inner] of answers) outer.pipe(inner)
    },
  }
}

function join(from: net.Socket, to: net.Socket): void {
  from.on('error', () => undefined)
  from.on('close', () => to.destroy())
  from.pipe(to)
}
