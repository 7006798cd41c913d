import { mkdtemp, rm } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type pg from 'pg'

/** A way to PostgreSQL that can be shut, as a network or a server that goes away shuts it. */
export interface DatabaseGate {
  /** The same connection, through the gate. */
  connection: pg.PoolConfig
  /** Breaks every connection and takes no new one. */
  shut(): Promise<void>
  open(): Promise<void>
  /** Keeps answers back until released; `heldBytes` tells that some have come. */
  hold(): void
  heldBytes(): number
  release(): void
  remove(): Promise<void>
}

export async function createDatabaseGate(connection: pg.PoolConfig): Promise<DatabaseGate> {
  const host = await mkdtemp(path.join(tmpdir(), 'gate-'))
  const port = 5432
  const ends = new Set<net.Socket>()
  const answers = new Map<net.Socket, net.Socket>()
  let server: net.Server | undefined

  function pass(inner: net.Socket): void {
    const outer = reach(connection)
    answers.set(outer, inner)
    outer.on('close', () => answers.delete(outer))
    for (const [end, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      ends.add(end)
      end.on('error', () => undefined)
      end.on('close', () => {
        ends.delete(end)
        other.destroy()
      })
      end.pipe(other)
    }
  }

  async function open(): Promise<void> {
    const opened = net.createServer(pass)
    await new Promise<void>((resolve) =>
      opened.listen(path.join(host, `.s.PGSQL.${port}`), resolve),
    )
    server = opened
  }

  async function shut(): Promise<void> {
    const closed = new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
    for (const end of ends) end.destroy()
    await closed
    server = undefined
  }

  await open()
  return {
    connection: { ...connection, host, port },
    open,
    shut,
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
    async remove() {
      await shut()
      await rm(host, { recursive: true, force: true })
    },
  }
}

function reach({ host = 'localhost', port = 5432 }: pg.PoolConfig): net.Socket {
  return host.startsWith('/')
    ? net.connect(path.join(host, `.s.PGSQL.${port}`))
    : net.connect(port, host)
}
