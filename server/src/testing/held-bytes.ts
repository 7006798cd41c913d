import type { WebSocket } from 'ws'
import type { DeskSocket } from '../realtime/desk-server.ts'

interface Inner {
  transport: { socket?: WebSocket }
  writeBuffer: { data?: string; options?: { wsPreEncodedFrame?: Buffer[] } }[]
}

/** Bytes that the server holds because a socket's client has not taken them. */
export function heldBytes({ conn }: DeskSocket): number {
  const { transport, writeBuffer } = conn as unknown as Inner
  return writeBuffer.reduce(
    (sum, { data = '', options }) =>
      sum + Buffer.byteLength(data) + Buffer.concat(options?.wsPreEncodedFrame ?? []).byteLength,
    transport.socket?.bufferedAmount ?? 0,
  )
}
