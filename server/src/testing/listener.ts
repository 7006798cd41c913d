import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import { expect } from 'vitest'
import type { Meta, Position, SyncReady } from '@deskbell/contract'

interface Message {
  name: string
  data: Record<string, unknown>
  meta: Meta
}

/** A plain Socket.IO client that checks the chain of its messages, and can disconnect and reconnect. */
export interface Listener {
  /** Events in order of arrival, over all connections. */
  events: Message[]
  /** Messages of the server that are not in the log. */
  others: [name: string, data: Record<string, unknown>][]
  /** Messages whose `after` was not the last position. */
  holes: unknown[]
  ready: SyncReady[]
  cursor(): Position | undefined
  socket(): Socket
  isOpen(): boolean
  names(): string[]
  seqs(): number[]
  /** Opens a connection, which resumes from the last position. */
  open(): void
  close(): void
  /** Resolves when every event up to `seq` has arrived. */
  reach(seq: number): Promise<void>
}

export function createListener(url: string, person: { cookie: string }, from?: Position): Listener {
  const events: Message[] = []
  const others: Listener['others'] = []
  const holes: unknown[] = []
  const ready: SyncReady[] = []
  let cursor = from
  let socket: Socket | undefined

  function receive(name: string, data: Record<string, unknown>, meta?: Meta): void {
    if (name === 'sync:ready') return begin(data as unknown as SyncReady)
    const step = meta ?? (name === 'sync:position' ? (data as unknown as Meta) : undefined)
    if (step === undefined) return void others.push([name, data])
    // A position may repeat: `sync:position` also shows that the connection lives.
    const isForward = meta === undefined ? step.seq >= step.after : step.seq > step.after
    if (step.after !== cursor?.seq || !isForward) holes.push({ name, step, cursor })
    cursor = { seq: step.seq, tag: step.tag }
    if (meta !== undefined) events.push({ name, data, meta })
  }

  function begin(message: SyncReady): void {
    ready.push(message)
    if (message.mode === 'resume' && message.seq !== cursor?.seq) holes.push({ message, cursor })
    cursor = { seq: message.seq, tag: message.tag }
  }

  return {
    events,
    others,
    holes,
    ready,
    cursor: () => cursor,
    socket() {
      if (socket === undefined) throw new Error('not opened yet')
      return socket
    },
    isOpen: () => socket?.connected === true,
    names: () => events.map(({ name }) => name),
    seqs: () => events.map(({ meta }) => meta.seq),
    open() {
      socket?.disconnect()
      const opened = io(url, {
        auth: cursor === undefined ? {} : { cursor },
        extraHeaders: { cookie: person.cookie },
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
      })
      socket = opened
      opened.onAny((name: string, data, meta) => {
        if (socket === opened) receive(name, data, meta)
      })
    },
    close() {
      socket?.disconnect()
    },
    async reach(seq) {
      await expect.poll(() => cursor?.seq ?? -1, { interval: 5, timeout: 10_000 }).toBe(seq)
    },
  }
}
