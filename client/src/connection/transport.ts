import { io } from 'socket.io-client'
import type { Position } from '@deskbell/contract'

/** One connection. A lost connection is never reused. */
export interface Transport {
  isConnected(): boolean
  id(): string | undefined
  /** It calls no handler afterwards. */
  close(): void
}

export interface TransportHandlers {
  message(name: string, args: readonly unknown[]): void
  /** An open connection closed. */
  lost(): void
  /** The connection could not be opened. `code`: the server's reason, if it gave one. */
  failed(code: string | undefined): void
}

export type OpenTransport = (cursor: Position | undefined, handlers: TransportHandlers) => Transport

/** Opens connections with Socket.IO. The live session reconnects, because it knows when that makes sense. */
export function socketIoTransport(
  baseUrl: string,
  headers: Readonly<Record<string, string>>,
): OpenTransport {
  // Some proxies accept a WebSocket and forward nothing: after a failure the other transport goes first.
  let pollsFirst = false
  return (cursor, handlers) => {
    const options = {
      transports: pollsFirst ? ['polling', 'websocket'] : ['websocket', 'polling'],
      // Without this option a failing WebSocket never falls back to polling.
      tryAllTransports: true,
      reconnection: false,
      forceNew: true,
      withCredentials: true,
      auth: cursor === undefined ? {} : { cursor },
      ...(Object.keys(headers).length === 0 ? {} : { extraHeaders: { ...headers } }),
    }
    const socket = baseUrl === '' ? io(options) : io(baseUrl, options)
    let isDecided = false
    const fail = (code?: string) => {
      if (isDecided) return
      isDecided = true
      pollsFirst = !pollsFirst
      handlers.failed(code)
    }
    socket.onAny((name: string, ...args: unknown[]) => handlers.message(name, args))
    socket.on('connect', () => {
      isDecided = true
    })
    socket.on('disconnect', () => handlers.lost())
    socket.on('connect_error', (error) => fail(codeOf(error)))
    // Socket.IO reports a close during the handshake only after its timeout. A refusal closes, too, before it says why.
    socket.io.engine.once('close', () => queueMicrotask(fail))
    return {
      isConnected: () => socket.connected,
      id: () => socket.id,
      close() {
        isDecided = true
        socket.offAny()
        socket.off()
        socket.disconnect()
      },
    }
  }
}

function codeOf(error: Error): string | undefined {
  const data: unknown = 'data' in error ? error.data : undefined
  if (typeof data !== 'object' || data === null || !('code' in data)) return undefined
  return String(data.code)
}
