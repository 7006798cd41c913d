import { Encoder, PacketType } from 'socket.io-parser'
import type { WebSocket } from 'ws'
import type { PresenceMessage, ServerMessage } from '@deskbell/contract'
import type { DeskSocket } from './desk-server.ts'

/** Writes the frames of one WebSocket. Engine.IO also sends prebuilt frames through it. */
interface FrameSender {
  sendFrame(pieces: Buffer[]): void
}

/** Internals of Engine.IO's connection. Only a WebSocket has a `socket`. */
interface Connection {
  transport: { socket?: WebSocket & { _sender?: FrameSender } }
  writeBuffer: unknown[]
  write(text: string, options: { wsPreEncodedFrame: Buffer[] }): void
}

/**
 * Sends a message to these sockets, encoded once and each in one write. Socket.IO builds the frame of a broadcast once, too,
 * but in two pieces, header and text, which every socket joins again for the kernel. Each socket also queues the frame,
 * although nothing is waiting before it, and emits seven events. This builds one piece, and hands it straight to the kernel
 * if the kernel has taken everything before it. It uses no adapter: adapters serve rooms and other nodes.
 */
export function writeMessage(sockets: Iterable<DeskSocket>, message: ServerMessage): void {
  writeText(sockets, encoded(message))
}

/** The same, of a message whose data is JSON already. */
export function writeJson(
  sockets: Iterable<DeskSocket>,
  name: PresenceMessage['name'],
  json: string,
): void {
  writeText(sockets, `${PacketType.EVENT}["${name}",${json}]`)
}

function writeText(sockets: Iterable<DeskSocket>, text: string): void {
  const frame = frameOf(text)
  for (const { conn } of sockets) {
    const connection = conn as unknown as Connection
    const sender = idleSender(connection)
    // A WebSocket sends the frame. Keeping the text too would double the memory of its queue.
    const queued = connection.transport.socket?._sender ? '' : text
    if (sender) sender.sendFrame([frame])
    else connection.write(queued, { wsPreEncodedFrame: [frame] })
  }
}

function encoded(message: ServerMessage): string {
  const args = 'meta' in message ? [message.data, message.meta] : [message.data]
  const packet = { type: PacketType.EVENT, nsp: '/', data: [message.name, ...args] }
  const [text] = new Encoder().encode(packet)
  if (typeof text !== 'string') throw new Error('a message has no binary data')
  return text
}

/** A message of Engine.IO in the frame of a WebSocket: final, text, unmasked (RFC 6455, 5.2). */
function frameOf(text: string): Buffer {
  const length = 1 + Buffer.byteLength(text)
  const head = headOf(length)
  const frame = Buffer.allocUnsafe(head.length + length)
  frame.set(head)
  frame.write(`4${text}`, head.length)
  return frame
}

function headOf(length: number): Buffer {
  if (length < 126) return Buffer.from([0x81, length])
  if (length < 65_536) return Buffer.from([0x81, 126, length >> 8, length & 0xff])
  const head = Buffer.from([0x81, 127, 0, 0, 0, 0, 0, 0, 0, 0])
  head.writeBigUInt64BE(BigInt(length), 2)
  return head
}

/** The sender of an open WebSocket with nothing queued, neither in Engine.IO nor below it. */
function idleSender({ transport, writeBuffer }: Connection): FrameSender | undefined {
  const { socket } = transport
  if (socket === undefined || socket.readyState !== socket.OPEN) return undefined
  return socket.bufferedAmount + writeBuffer.length === 0 ? socket._sender : undefined
}
