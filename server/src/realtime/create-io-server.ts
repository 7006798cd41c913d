import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { Server } from 'socket.io'
import { Decoder, Encoder } from 'socket.io-parser'
import { WebSocketServer } from 'ws'
import type { ServerOptions } from 'ws'
import { limits } from '@deskbell/contract'
import type { ErrorCode } from '@deskbell/contract'
import { DeskError } from '../errors.ts'
import type { Connections } from './connections.ts'
import type { DeskServer } from './desk-server.ts'
import type { Handshake } from './handshake.ts'
import type { Connection, Outgoing } from './outgoing.ts'

interface IoServerParts {
  http: HttpServer
  handshake: Handshake
  frontendUrl: string | undefined
  outgoing: Outgoing
  connections: Connections
  isStopping: () => boolean
  connectTimeoutMs: number
  /** How long a client may take to acknowledge that its WebSocket is closed. */
  closeTimeoutMs: number
  /** How long it may take to tell a client that its connection is closed. */
  closeNoticeMs: number
}

/** Creates Socket.IO's server, with limits on what a client can make it do and store. */
export function createIoServer(parts: IoServerParts): DeskServer {
  const { http, handshake, frontendUrl, outgoing, connections, closeNoticeMs } = parts
  // Node handles errors of a connection until its `upgrade` event, and ws only once it upgrades the connection. An
  // error between the two, while the handshake waits for the database, would end the process.
  http.on('upgrade', (_request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy())
  })
  const io: DeskServer = new Server(http, {
    transports: ['websocket', 'polling'],
    serveClient: false,
    allowEIO3: false,
    pingInterval: 15_000,
    pingTimeout: 10_000,
    connectTimeout: parts.connectTimeoutMs,
    maxHttpBufferSize: limits.socketMessageBytes,
    perMessageDeflate: false,
    httpCompression: false,
    allowRequest: (request, answer) =>
      handshake.allowRequest(request, (refusal, isAllowed) => {
        const tooMany = isAllowed ? refusalAfter(request) : undefined
        if (tooMany === undefined) return answer(refusal, isAllowed)
        answer(JSON.stringify(new DeskError(tooMany).toBody()), false)
      }),
    wsEngine: boundedWebSockets(parts.closeTimeoutMs),
    parser: { Encoder, Decoder: TextOnlyDecoder },
    ...(frontendUrl === undefined ? {} : { cors: { origin: frontendUrl, credentials: true } }),
  })

  /** Why an admitted client is refused at this moment, if it is. */
  function refusalAfter(request: IncomingMessage): ErrorCode | undefined {
    if (parts.isStopping()) return 'unavailable'
    const session = handshake.sessionOf(request)
    return session && connections.reserve(request, session.actor.id)
  }

  // The handshake is checked once per connection. Polling sends more requests after it; they are checked here.
  io.engine.use(
    (request: IncomingMessage, response: ServerResponse, next: (error?: Error) => void) => {
      response.setHeader('x-content-type-options', 'nosniff')
      const { searchParams } = new URL(request.url ?? '', 'http://desk')
      // `j` asks for the answer as a script, which only very old browsers need.
      if (searchParams.has('j')) return next(new Error('There are no scripts here.'))
      const sid = searchParams.get('sid')
      if (sid === null) return next()
      if (!handshake.isOwnOrigin(request)) return next(new Error('This comes from elsewhere.'))
      const connection = connectionWith(io, sid)
      const isPoll = request.method === 'GET' && request.headers.upgrade === undefined
      if (connection === undefined || !isPoll) return next()
      if (outgoing.mayAnswer(connection, response)) return next()
      outgoing.giveUp(connection)
      connection.close(true)
      next(new Error('The last answer was not taken yet.'))
    },
  )

  io.engine.on('connection', (connection: Connection) => {
    connections.opened(connection)
    // A polling client that never fetches the message that its connection is closed would otherwise keep the connection
    // for 30 s.
    Object.assign(connection.transport, { closeTimeout: closeNoticeMs })
    connection.once('close', () => {
      setTimeout(() => outgoing.giveUp(connection), closeNoticeMs).unref()
    })
    // The server answers most packets. A client that sends but does not read would fill the queue with answers.
    connection.on('packet', (packet: { type: string; data?: unknown }) => {
      if (getsAnswer(packet) && outgoing.isFull(connection)) connection.close(true)
    })
  })
  return io
}

/** An update of presence gets none, and a client also sends it while it catches up slowly. */
function getsAnswer({ type, data }: { type: string; data?: unknown }): boolean {
  return type !== 'pong' && !(typeof data === 'string' && data.startsWith('2["presence:update",'))
}

function connectionWith({ engine }: DeskServer, sid: string): Connection | undefined {
  const { clients } = engine as unknown as { clients: Record<string, Connection> }
  return Object.hasOwn(clients, sid) ? clients[sid] : undefined
}

/**
 * Limits the memory of a WebSocket: neither a flood of tiny fragments nor endless attachments can fill it. A client
 * that does not read cannot keep a closed socket open either.
 */
function boundedWebSockets(closeTimeout: number): typeof WebSocketServer {
  const bounds = { maxFragments: 16, maxBufferedChunks: 64, closeTimeout }
  return class extends WebSocketServer {
    constructor(options: ServerOptions) {
      super({ ...options, ...bounds } as ServerOptions)
    }
  } as typeof WebSocketServer
}

class TextOnlyDecoder extends Decoder {
  constructor() {
    super({ maxAttachments: 0 } as ConstructorParameters<typeof Decoder>[0])
  }
}
