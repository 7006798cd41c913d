import type { Namespace } from 'socket.io'
import { Adapter } from 'socket.io-adapter'
import { PacketType } from 'socket.io-parser'
import type { WebSocket } from 'ws'
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

/** What writes the frames of one WebSocket. Engine.IO sends frames that are built before through it, too. */
interface FrameSender {
  sendFrame(pieces: Buffer[]): void
}

/** Of Engine.IO. Only a WebSocket has a `socket`. */
interface Connection {
  transport: { socket?: WebSocket & { _sender?: FrameSender } }
  writeBuffer: unknown[]
}

/**
 * Socket.IO builds the frame of a broadcast once, but as two pieces, header and text, which every socket then gathers
 * anew for the kernel; and each socket queues it, although there is nothing to wait for, and says so in seven events.
 * Here it is one piece, and goes straight to the kernel if that has taken everything before it.
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

  /** What `broadcast` does, to sockets that are at hand and need not be looked up by their rooms. */
  send(sockets: Iterable<DeskSocket>, name: string, ...args: unknown[]): void {
    const packet = { type: PacketType.EVENT, data: [name, ...args], nsp: this.nsp.name }
    const options: PacketOptions = { preEncoded: true }
    const encoded = (this as unknown as Framing)._encode(packet, options)
    const frame = options.wsPreEncodedFrame
    for (const { client, conn } of sockets) {
      const connection = conn as unknown as Connection
      const sender = frame && idleSender(connection)
      // A WebSocket sends the frame: to keep the text beside it would double what its queue takes.
      const queued = frame && connection.transport.socket ? '' : encoded
      if (sender) sender.sendFrame(frame)
      else (client as unknown as Engine).writeToEngine(queued, options)
    }
  }
}

/** Of an open WebSocket for which nothing waits, neither in Engine.IO nor in what is below it. */
function idleSender({ transport, writeBuffer }: Connection): FrameSender | undefined {
  const { socket } = transport
  if (socket === undefined || socket.readyState !== socket.OPEN) return undefined
  return socket.bufferedAmount + writeBuffer.length === 0 ? socket._sender : undefined
}
