import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { Server } from 'socket.io'
import { Decoder, Encoder } from 'socket.io-parser'
import { WebSocketServer } from 'ws'
import type { ServerOptions } from 'ws'
import { errors, limits } from '@deskbell/contract'
import type { ErrorCode, Reader } from '@deskbell/contract'
import type { LogFollower } from '../events/follow-log.ts'
import type { LoggedEvent, Portion } from '../events/logged-event.ts'
import type { startOf } from '../events/start-of.ts'
import type { Session } from '../people/sessions.ts'
import { createCatchUp } from './catch-up.ts'
import { createSocketServer, joinRooms } from './custom-events.ts'
import type { SocketServer } from './custom-events.ts'
import { createDelivery } from './deliver.ts'
import type { DeskServer, DeskSocket } from './desk-server.ts'
import type { Feed } from './feed.ts'
import type { Handshake } from './handshake.ts'
import { OneWriteAdapter } from './one-write-adapter.ts'
import { createOutgoing } from './outgoing.ts'
import type { Connection, Outgoing } from './outgoing.ts'
import { refuseMessages } from './refuse-messages.ts'

export interface Realtime {
  io: DeskServer
  socketServer: SocketServer
  /** Tells clients when to come back, and closes. */
  close(): Promise<void>
}

export interface RealtimeParts {
  http: HttpServer
  handshake: Handshake
  frontendUrl: string | undefined
  follower: LogFollower
  startOf: (auth: unknown) => ReturnType<typeof startOf>
  /** From the database, if it is still one. */
  sessionById: (sessionId: string) => Promise<Session | undefined>
  eventsAfter: (seq: number, portion: Portion) => Promise<LoggedEvent[]>
  logFloor: () => Promise<number>
  visibleTickets: (reader: Reader, ids: readonly string[]) => Promise<ReadonlySet<string>>
  watchExpiry: (socket: DeskSocket, session: Session) => void
  sent: (event: LoggedEvent, sockets: number) => void
  reportBug: (bug: unknown) => void
  tellPositionEveryMs?: number
}

/** How long answers under way may take once the server is to stop, and a client to answer that its socket is closed. */
const drainMs = 5_000
/** How long it may take to tell a client that its socket is closed. */
const unheardMs = 1_000
/** Clients come back spread over this time, so that a restarted server is not met by all at once. */
const returnWithinMs = 5_000

export function serveSockets(parts: RealtimeParts): Realtime {
  const { handshake, follower, reportBug, tellPositionEveryMs = 10_000 } = parts
  const outgoing = createOutgoing()
  const io = createServer(parts, outgoing)
  const adapter = adapterOf(io)
  const feedsOf = (personId: string) => delivery.feedsOf(personId)
  const catchUp = createCatchUp({ ...parts, adapter, outgoing, feedsOf })
  const delivery = createDelivery({ ...parts, adapter, outgoing, catchUp })
  const taken = new WeakSet<Connection>()

  io.use((socket, next) => {
    // One message may ask for thousands of sockets on its connection, before any of them is counted.
    if (taken.has(socket.conn)) {
      socket.conn.close()
      return next(refusal('socket.tooManySockets'))
    }
    taken.add(socket.conn)
    const session = handshake.sessionOf(socket.request)
    if (session === undefined) return next(refusal('session.none'))
    // It was, when the handshake was allowed.
    if (!follower.isCurrent()) return next(refusal('unavailable'))
    if (delivery.feedsOf(session.actor.id).size >= limits.socketsPerPerson)
      return next(refusal('socket.tooManySockets'))
    socket.data.session = session
    next()
  })

  io.on('connection', (socket) => {
    // A connection is for one socket. Kept without it, nothing would count it, or close it when its session ends.
    socket.once('disconnect', () => socket.conn.close())
    welcome(socket).catch((thrown: unknown) => {
      reportBug(thrown)
      socket.conn.close()
    })
  })

  async function welcome(socket: DeskSocket): Promise<void> {
    const answerMessages = refuseMessages(socket)
    const { actor } = socket.data.session
    const here = follower.position()
    const feed: Feed = {
      socket,
      reader: { id: actor.id, role: actor.role },
      sessionId: actor.sessionId,
      told: here,
      scanned: here.seq,
      state: 'greeting',
      replaying: false,
    }
    // Known from now on: it counts, and the end of its session closes it, also while its start is being looked up.
    delivery.add(feed)
    socket.once('disconnect', () => delivery.remove(feed))

    // Asked again after being known: a session that ended since the handshake was asked for has nobody to close it.
    const [start, session] = await Promise.all([
      parts.startOf(socket.handshake.auth),
      parts.sessionById(actor.sessionId),
    ])
    if (session === undefined) socket.disconnect(true)
    // The client may come from a node that had read further.
    if (start.mode === 'resume') await follower.reach(start.cursor.seq)
    if (session === undefined || !socket.connected) return
    parts.watchExpiry(socket, session)
    if (start.mode === 'resume') {
      feed.told = start.cursor
      feed.scanned = start.cursor.seq
      feed.replaying = true
    }
    const { seq, tag } = feed.told
    const reason = start.mode === 'resync' ? { reason: start.reason } : {}
    socket.emit('sync:ready', {
      mode: start.mode,
      seq,
      tag,
      head: follower.position().seq,
      personId: actor.id,
      ...reason,
    })
    // From now on: it is the first message, and a session that has ended meanwhile hears none.
    feed.state = 'behind'
    answerMessages()
    joinRooms(socket)
    catchUp(feed)
  }

  const positions = setInterval(() => {
    if (follower.isCurrent()) delivery.tellPositions()
  }, tellPositionEveryMs)

  follower.onCurrency((current) => {
    if (current) return
    for (const feed of delivery.feeds()) {
      sayWhenToReturn(feed, 'sync:unavailable')
      // Not a disconnection by the server's will, after which plain clients would stay away.
      feed.socket.conn.close()
      // It closes once everything is sent, which to a client that does not read never is.
      setTimeout(() => feed.socket.conn.close(true), unheardMs).unref()
    }
  })

  return {
    io,
    socketServer: createSocketServer(io, outgoing),
    async close() {
      clearInterval(positions)
      for (const feed of delivery.feeds()) sayWhenToReturn(feed, 'sync:restarting')
      // Waits for every answer under way, and would for connections that are kept for a next call which never comes.
      const idle = setInterval(() => parts.http.closeIdleConnections(), 50)
      const late = setTimeout(() => parts.http.closeAllConnections(), drainMs)
      await io.close()
      clearInterval(idle)
      clearTimeout(late)
    },
  }
}

/** A connection that is still being greeted ends without a word: its first message would have been `sync:ready`. */
function sayWhenToReturn({ state, socket }: Feed, name: 'sync:restarting' | 'sync:unavailable') {
  if (state !== 'greeting') socket.emit(name, { retryInMs: spread() })
}

function spread(): number {
  return 500 + Math.round(Math.random() * returnWithinMs)
}

function refusal(code: ErrorCode): Error {
  const [, message] = errors[code]
  return Object.assign(new Error(message), { data: { code, message } })
}

/**
 * A flood of tiny fragments, or attachments that never end, must not fill the memory. Nor does a client keep a socket
 * that is closed by not reading.
 */
class BoundedWebSocketServer extends WebSocketServer {
  constructor(options: ServerOptions) {
    const bounds = { maxFragments: 16, maxBufferedChunks: 64, closeTimeout: drainMs }
    super({ ...options, ...bounds } as ServerOptions)
  }
}

class TextOnlyDecoder extends Decoder {
  constructor() {
    super({ maxAttachments: 0 } as ConstructorParameters<typeof Decoder>[0])
  }
}

function createServer(
  { http, handshake, frontendUrl }: RealtimeParts,
  outgoing: Outgoing,
): DeskServer {
  // Node listens for errors of a connection until it is to be upgraded, ws from when it is. One that breaks off between
  // the two, while its handshake waits for the database, would end the process.
  http.on('upgrade', (_request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy())
  })
  const io: DeskServer = new Server(http, {
    transports: ['websocket', 'polling'],
    serveClient: false,
    allowEIO3: false,
    pingInterval: 15_000,
    pingTimeout: 10_000,
    connectTimeout: 5_000,
    maxHttpBufferSize: limits.socketMessageBytes,
    perMessageDeflate: false,
    httpCompression: false,
    allowRequest: handshake.allowRequest,
    wsEngine: BoundedWebSocketServer,
    adapter: OneWriteAdapter,
    parser: { Encoder, Decoder: TextOnlyDecoder },
    ...(frontendUrl === undefined ? {} : { cors: { origin: frontendUrl, credentials: true } }),
  })
  // The handshake is asked once a connection; with polling, these come after it.
  io.engine.use(
    (request: IncomingMessage, response: ServerResponse, next: (error?: Error) => void) => {
      response.setHeader('x-content-type-options', 'nosniff')
      const { searchParams } = new URL(request.url ?? '', 'http://desk')
      // Answers as scripts, for browsers of long ago.
      if (searchParams.has('j')) return next(new Error('There are no scripts here.'))
      const sid = searchParams.get('sid')
      if (sid === null) return next()
      if (!handshake.isOwnOrigin(request)) return next(new Error('This comes from elsewhere.'))
      const connection = connectionWith(io, sid)
      if (connection === undefined || request.method !== 'GET' || request.headers.upgrade)
        return next()
      if (outgoing.mayAnswer(connection, response)) return next()
      outgoing.giveUp(connection)
      connection.close(true)
      next(new Error('The last answer was not taken yet.'))
    },
  )
  io.engine.on('connection', (connection: Connection) => {
    // Most of what a client sends is answered. One that sends and does not read would fill the queue with answers.
    connection.on('packet', ({ type }: { type: string }) => {
      if (type !== 'pong' && outgoing.isFull(connection)) connection.close(true)
    })
    connection.once('close', () => {
      setTimeout(() => outgoing.giveUp(connection), unheardMs).unref()
    })
  })
  return io
}

function adapterOf({ sockets: { adapter } }: DeskServer): OneWriteAdapter {
  if (adapter instanceof OneWriteAdapter) return adapter
  throw new Error('the server was made with another adapter')
}

function connectionWith({ engine }: DeskServer, sid: string): Connection | undefined {
  const { clients } = engine as unknown as { clients: Record<string, Connection> }
  return Object.hasOwn(clients, sid) ? clients[sid] : undefined
}
