import type { ServerResponse } from 'node:http'
import type { WebSocket } from 'ws'
import type { DeskSocket } from './desk-server.ts'

/**
 * Measures the bytes that connections hold because their clients have not taken them. A client that does not read is
 * not written to: otherwise it would fill the server's memory.
 */
export interface Outgoing {
  /** In bytes, as they go over the wire. */
  heldBytes(connection: Connection): number
  isFull(connection: Connection): boolean
  /** Whether a polling client may get another answer: not while it has not taken the last one. */
  mayAnswer(connection: Connection, response: ServerResponse): boolean
  /** Destroys the last answer to a polling client if the client has not taken it. */
  giveUp(connection: Connection): void
}

export type Connection = DeskSocket['conn']

/**
 * A healthy connection may hold this much within one turn. The packet that makes it full is still sent, whatever its
 * size.
 */
const fullAtBytes = 256 * 1024
const fullAtPackets = 256

export function createOutgoing(): Outgoing {
  /** The last answer to each polling client, which Engine.IO drops once it is written. */
  const answers = new WeakMap<Connection, ServerResponse>()

  function heldBytes(connection: Connection): number {
    const { transport, writeBuffer } = innerOf(connection)
    let bytes = transport.socket?.bufferedAmount ?? answers.get(connection)?.writableLength ?? 0
    for (const packet of writeBuffer) bytes += bytesOf(packet)
    return bytes
  }

  return {
    heldBytes,
    isFull(connection) {
      const packets = innerOf(connection).writeBuffer.length
      return packets >= fullAtPackets || heldBytes(connection) >= fullAtBytes
    },
    mayAnswer(connection, response) {
      if (untaken(answers.get(connection))) return false
      answers.set(connection, response)
      return true
    },
    giveUp(connection) {
      const last = answers.get(connection)
      if (untaken(last)) last?.destroy()
    },
  }
}

function untaken(answer: ServerResponse | undefined): boolean {
  if (answer === undefined || answer.destroyed) return false
  return answer.writableEnded && !answer.writableFinished
}

/**
 * Internals of Engine.IO, which has no other way to ask what it holds. Only the transport of a WebSocket has a
 * `socket`.
 */
interface Inner {
  transport: { socket?: WebSocket }
  writeBuffer: readonly Packet[]
}

interface Packet {
  data?: string
  options?: { wsPreEncodedFrame?: readonly Buffer[] }
}

function innerOf(connection: Connection): Inner {
  return connection as unknown as Inner
}

function bytesOf({ data = '', options }: Packet): number {
  const pieces = options?.wsPreEncodedFrame
  if (pieces === undefined) return Buffer.byteLength(data)
  return pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)
}
