import type { Namespace } from 'socket.io'
import { Adapter } from 'socket.io-adapter'

interface Framing {
  _encode(packet: unknown, options: { wsPreEncodedFrame?: Buffer[] }): unknown
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
}
