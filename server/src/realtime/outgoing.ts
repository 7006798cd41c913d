import type { ServerResponse } from 'node:http'
import type { WebSocket } from 'ws'
import type { DeskSocket } from './desk-server.ts'

/**
 * What connections hold that their clients have not taken. A client that does not read is not written to, or it would
 * fill the server’s memory.
 */
export interface Outgoing {
  /** In bytes as they go over the wire. */
  heldBytes(connection: Connection): number
  isFull(connection: Connection): boolean
  /** Whether a polling client may be answered once more: one that has not taken its last answer may not. */
  mayAnswer(connection: Connection, response: ServerResponse): boolean
  /** Gives up the last answer to a polling client if it was not taken. */
  giveUp(connection: Connection): void
}

export type Connection = DeskSocket['conn']

/** A healthy connection may hold as much within one turn. What makes it full is still sent, whatever its size. */
const fullAtBytes = 256 * 1024
const fullAtPackets = 256

export function createOutgoing(): Outgoing {
  /** The last answer to a polling client, which Engine.IO forgets once it is written. */
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

/** Of Engine.IO, which says in no other way what it holds. Only the transport of a WebSocket has a `socket`. */
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
  const [frame] = options?.wsPreEncodedFrame ?? []
  return frame?.byteLength ?? Buffer.byteLength(data)
}
