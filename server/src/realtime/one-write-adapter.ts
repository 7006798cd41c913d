import type { Namespace } from 'socket.io'
import { Adapter } from 'socket.io-adapter'
import { PacketType } from 'socket.io-parser'
import type { WebSocket } from 'ws'
import type { ServerMessage } from '@deskbell/contract'
import type { DeskSocket } from './desk-server.ts'

interface Framing {
  _encode(packet: unknown, options: PacketOptions): unknown
}

interface PacketOptions {
  preEncoded: true
  wsPreEncodedFrame?: Buffer[]
}

interface Engine {
  writeToEngine(encoded: unknown, options: PacketOptions): void
}

/** Writes the frames of one WebSocket. Engine.IO also sends prebuilt frames through it. */
interface FrameSender {
  sendFrame(pieces: Buffer[]): void
}

/** Internals of Engine.IO's connection. Only a WebSocket has a `socket`. */
interface Connection {
  transport: { socket?: WebSocket & { _sender?: FrameSender } }
  writeBuffer: unknown[]
}

/**
 * Sends each event in one write. Socket.IO builds the frame of a broadcast once, but in two pieces, header and text,
 * which every socket joins again for the kernel. Each socket also queues the frame, although nothing is waiting before
 * it, and emits seven events. This adapter builds one piece, and hands it straight to the kernel if the kernel has
 * taken everything before it.
 */
export class OneWriteAdapter extends Adapter {
  constructor(namespace: Namespace) {
    super(namespace)
    const framing = this as unknown as Framing
    const encode = framing._encode.bind(this)
    framing._encode = (packet, options) => {
      const encoded = encode(packet, options)
      const { wsPreEncodedFrame: frame } = options
      if (frame !== undefined) options.wsPreEncodedFrame = [Buffer.concat(frame)]
      return encoded
    }
  }

  /** Does what `broadcast` does, for sockets that the caller has, without a lookup of rooms. */
  send(sockets: Iterable<DeskSocket>, message: ServerMessage): void {
    const args = 'meta' in message ? [message.data, message.meta] : [message.data]
    const packet = { type: PacketType.EVENT, data: [message.name, ...args], nsp: this.nsp.name }
    const options: PacketOptions = { preEncoded: true }
    const encoded = (this as unknown as Framing)._encode(packet, options)
    const frame = options.wsPreEncodedFrame
    for (const { client, conn } of sockets) {
      const connection = conn as unknown as Connection
      const sender = frame && idleSender(connection)
      // A WebSocket sends the frame. Keeping the text too would double the memory of its queue.
      const queued = frame && connection.transport.socket ? '' : encoded
      if (sender) sender.sendFrame(frame)
      else (client as unknown as Engine).writeToEngine(queued, options)
    }
  }
}

/** The sender of an open WebSocket with nothing queued, neither in Engine.IO nor below it. */
function idleSender({ transport, writeBuffer }: Connection): FrameSender | undefined {
  const { socket } = transport
  if (socket === undefined || socket.readyState !== socket.OPEN) return undefined
  return socket.bufferedAmount + writeBuffer.length === 0 ? socket._sender : undefined
}
