import type { Namespace } from 'socket.io'
import { Adapter } from 'socket.io-adapter'
import { PacketType } from 'socket.io-parser'
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

/**
 * Socket.IO builds the frame of a broadcast once, but as two pieces, header and text, which every socket then gathers
 * anew for the kernel. In one piece it is written as it is.
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
    for (const { client } of sockets) {
      const engine = client as unknown as Engine
      engine.writeToEngine(encoded, options)
    }
  }
}
