import { io } from 'socket.io-client'
import type { Position } from '@deskbell/contract'

/** One connection, which is never used again once it is lost. */
export interface Wire {
  isConnected(): boolean
  id(): string | undefined
  /** Nothing is heard of it afterwards. */
  close(): void
}

export interface WireHandlers {
  message(name: string, args: readonly unknown[]): void
  /** It was open and is not any more. */
  lost(): void
  /** It did not come to be. `code`: the server's reason, when the server gave one. */
  failed(code: string | undefined): void
}

export type OpenWire = (cursor: Position | undefined, handlers: WireHandlers) => Wire

/** Connections by Socket.IO. Trying again is left to the live session, which knows when it makes sense. */
export function socketWires(baseUrl: string, headers: Readonly<Record<string, string>>): OpenWire {
  // Some proxies take a WebSocket and carry nothing over it: after a failure the other way is tried first.
  let pollsFirst = false
  return (cursor, handlers) => {
    const options = {
      transports: pollsFirst ? ['polling', 'websocket'] : ['websocket', 'polling'],
      // Without it a WebSocket that fails never falls back to polling.
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
    // Closed while opening, which Socket.IO says nothing of until its time is up. A refusal closes too, before it says why.
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
