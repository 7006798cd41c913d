import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import type {
  ClientToServer,
  HandshakeAuth,
  Position,
  PresenceUpdate,
  ServerMessage,
  ServerToClient,
} from '@deskbell/contract'
import { isServerMessage } from './is-server-message.ts'

/** One connection. A lost connection is never reused. */
export interface Transport {
  isConnected(): boolean
  id(): string | undefined
  tellPresence(update: PresenceUpdate): void
  /** It calls no handler afterwards. */
  close(): void
}

export interface TransportHandlers {
  message(message: ServerMessage): void
  /** A custom event: its name is not in the contract. */
  custom(name: string, data: unknown): void
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
    const auth: HandshakeAuth = cursor === undefined ? {} : { cursor }
    const options = {
      transports: pollsFirst ? ['polling', 'websocket'] : ['websocket', 'polling'],
      // Without this option a failing WebSocket never falls back to polling.
      tryAllTransports: true,
      reconnection: false,
      forceNew: true,
      withCredentials: true,
      auth,
      ...(Object.keys(headers).length === 0 ? {} : { extraHeaders: { ...headers } }),
    }
    const socket: Socket<ServerToClient, ClientToServer> =
      baseUrl === '' ? io(options) : io(baseUrl, options)
    let isDecided = false
    const fail = (code?: string) => {
      if (isDecided) return
      isDecided = true
      pollsFirst = !pollsFirst
      handlers.failed(code)
    }
    // Names are not listed here: an event that a later version adds moves the cursor, too.
    socket.onAny((name: string, data: unknown, meta: unknown) => {
      const message = { name, data, meta }
      if (isServerMessage(message)) handlers.message(message)
      else handlers.custom(name, data)
    })
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
      tellPresence: (update) => void socket.emit('presence:update', update),
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
