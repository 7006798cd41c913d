import type { Server as HttpServer } from 'node:http'
import { errors, limits } from '@deskbell/contract'
import type { ErrorCode, Reader } from '@deskbell/contract'
import type { LogFollower } from '../log/follow-log.ts'
import type { LoggedEvent, Portion } from '../log/logged-event.ts'
import type { resolveResumePoint } from '../log/resolve-resume-point.ts'
import type { Session } from '../people/sessions.ts'
import { createCatchUp } from './catch-up.ts'
import { createConnections } from './connections.ts'
import { createIoServer } from './create-io-server.ts'
import { createSocketServer, joinRooms } from './socket-server.ts'
import type { SocketServer } from './socket-server.ts'
import { createDelivery } from './delivery.ts'
import type { DeskServer, DeskSocket } from './desk-server.ts'
import type { Subscriber } from './subscriber.ts'
import type { Handshake } from './handshake.ts'
import { OneWriteAdapter } from './one-write-adapter.ts'
import { createOutgoing } from './outgoing.ts'
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
  resolveResumePoint: (auth: unknown) => ReturnType<typeof resolveResumePoint>
  /** From the database, if it is still one. */
  sessionById: (sessionId: string) => Promise<Session | undefined>
  eventsAfter: (seq: number, portion: Portion) => Promise<LoggedEvent[]>
  logFloor: () => Promise<number>
  visibleTickets: (reader: Reader, ids: readonly string[]) => Promise<ReadonlySet<string>>
  watchExpiry: (socket: DeskSocket, session: Session) => void
  sent: (event: LoggedEvent, sockets: number) => void
  reportBug: (bug: unknown) => void
  tellPositionEveryMs?: number
  /** How long a connection may take to ask for its socket. */
  connectTimeoutMs?: number
  /** How many may not have done so at a time. */
  connectionsWithoutSocket?: number
}

/** How long answers under way may take once the server is to stop, and a client to answer that its socket is closed. */
const drainMs = 5_000
/** How long it may take to tell a client that its connection is closed. */
const unheardMs = 1_000
/** Clients come back spread over this time, so that a restarted server is not met by all at once. */
const returnWithinMs = 5_000

export function serveSockets(parts: RealtimeParts): Realtime {
  const { handshake, follower, reportBug, tellPositionEveryMs = 10_000 } = parts
  let isStopping = false
  const outgoing = createOutgoing()
  const connections = createConnections(parts.connectionsWithoutSocket)
  const io = createIoServer({
    ...parts,
    outgoing,
    connections,
    isStopping: () => isStopping,
    connectTimeoutMs: parts.connectTimeoutMs ?? 5_000,
    closeTimeoutMs: drainMs,
    unheardMs,
  })
  const adapter = adapterOf(io)
  const subscribersOf = (personId: string) => delivery.subscribersOf(personId)
  const catchUp = createCatchUp({ ...parts, adapter, outgoing, subscribersOf })
  const delivery = createDelivery({ ...parts, adapter, outgoing, catchUp })

  io.use((socket, next) => {
    // One message may ask for thousands of sockets on its connection, before any of them is counted.
    if (!connections.ask(socket.conn)) {
      socket.conn.close()
      return next(refusal('socket.tooManySockets'))
    }
    const session = handshake.sessionOf(socket.request)
    if (session === undefined) return next(refusal('session.none'))
    // It was, when the handshake was allowed.
    if (!follower.isHealthy()) return next(refusal('unavailable'))
    if (delivery.subscribersOf(session.actor.id).size >= limits.socketsPerPerson)
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
    const subscriber: Subscriber = {
      socket,
      reader: { id: actor.id, role: actor.role },
      sessionId: actor.sessionId,
      lastSent: here,
      readUpTo: here.seq,
      state: 'greeting',
      replaying: false,
    }
    // Known from now on: it counts, and the end of its session closes it, also while its start is being looked up.
    delivery.add(subscriber)
    socket.once('disconnect', () => delivery.remove(subscriber))

    // Asked again after being known: a session that ended since the handshake was asked for has nobody to close it.
    const [start, session] = await Promise.all([
      parts.resolveResumePoint(socket.handshake.auth),
      parts.sessionById(actor.sessionId),
    ])
    if (session === undefined) socket.disconnect(true)
    // The client may come from a node that had read further.
    if (start.mode === 'resume') await follower.waitUntil(start.cursor.seq)
    if (session === undefined || !socket.connected) return
    parts.watchExpiry(socket, session)
    if (start.mode === 'resume') {
      subscriber.lastSent = start.cursor
      subscriber.readUpTo = start.cursor.seq
      subscriber.replaying = true
    }
    const { seq, tag } = subscriber.lastSent
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
    subscriber.state = 'behind'
    answerMessages()
    joinRooms(socket)
    catchUp(subscriber)
  }

  const positions = setInterval(() => {
    if (follower.isHealthy()) delivery.tellPositions()
  }, tellPositionEveryMs)

  follower.onHealth((current) => {
    if (current) return
    for (const subscriber of delivery.subscribers()) {
      sayWhenToReturn(subscriber, 'sync:unavailable')
      // Not a disconnection by the server's will, after which plain clients would stay away.
      subscriber.socket.conn.close()
      // It closes once everything is sent, which to a client that does not read never is.
      setTimeout(() => subscriber.socket.conn.close(true), unheardMs).unref()
    }
  })

  return {
    io,
    socketServer: createSocketServer(io, outgoing),
    async close() {
      clearInterval(positions)
      isStopping = true
      for (const subscriber of delivery.subscribers())
        sayWhenToReturn(subscriber, 'sync:restarting')
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
function sayWhenToReturn(
  { state, socket }: Subscriber,
  name: 'sync:restarting' | 'sync:unavailable',
) {
  if (state !== 'greeting') socket.emit(name, { retryInMs: spread() })
}

function spread(): number {
  return 500 + Math.round(Math.random() * returnWithinMs)
}

function refusal(code: ErrorCode): Error {
  const [, message] = errors[code]
  return Object.assign(new Error(message), { data: { code, message } })
}

function adapterOf({ sockets: { adapter } }: DeskServer): OneWriteAdapter {
  if (adapter instanceof OneWriteAdapter) return adapter
  throw new Error('the server was made with another adapter')
}
