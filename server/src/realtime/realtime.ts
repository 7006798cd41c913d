import type { Server as HttpServer } from 'node:http'
import { errors, limits } from '@deskbell/contract'
import type { DeskSettings, DraftMessage, ErrorCode, Reader } from '@deskbell/contract'
import { systemClock } from '../log/clock.ts'
import type { LogFollower } from '../log/follow-log.ts'
import type { LoggedEvent, Portion } from '../log/logged-event.ts'
import type { ResumePoint } from '../log/resolve-resume-point.ts'
import type { Session } from '../people/sessions.ts'
import { createCatchUp } from './catch-up.ts'
import { createConnections } from './connections.ts'
import { createIoServer } from './create-io-server.ts'
import { createSocketServer } from './socket-server.ts'
import type { SocketServer } from './socket-server.ts'
import { createDelivery } from './delivery.ts'
import type { DeskServer, DeskSocket } from './desk-server.ts'
import { createDispatch } from './subscriber.ts'
import type { Dispatch, Subscriber } from './subscriber.ts'
import type { Handshake } from './handshake.ts'
import { createOutgoing } from './outgoing.ts'
import { createGreeting } from './greeting.ts'
import { writeJson, writeMessage } from './write-message.ts'
import { createKnownReaders } from './presence/known-readers.ts'
import type { ReadersAt } from './presence/known-readers.ts'
import type { ReadLooks } from './presence/looks-channel.ts'
import { createMemoryHub } from './presence/memory-hub.ts'
import { createPresenceChannel } from './presence/presence-channel.ts'

export interface Realtime {
  io: DeskServer
  socketServer: SocketServer
  /** Tells a person's own sockets that a draft of theirs changed. */
  tellDraft(personId: string, changed: DraftMessage['data']): void
  /** Tells clients when to reconnect, and closes. */
  close(): Promise<void>
}

export interface RealtimeParts {
  http: HttpServer
  handshake: Handshake
  frontendUrl: string | undefined
  follower: LogFollower
  resolveResumePoint: (auth: unknown) => Promise<ResumePoint>
  /** The session as the database has it. Undefined: it has ended. */
  sessionById: (sessionId: string) => Promise<Session | undefined>
  eventsAfter: (seq: number, portion: Portion) => Promise<LoggedEvent[]>
  logFloor: () => Promise<number>
  visibleTickets: (reader: Reader, ids: readonly string[]) => Promise<ReadonlySet<string>>
  readersOf: (ticketIds: readonly string[]) => Promise<ReadersAt>
  /** Who has looked at tickets, as each reader may know it. */
  readLooks: ReadLooks
  /** The settings of the whole desk, now. */
  deskSettings: () => DeskSettings
  watchExpiry: (socket: DeskSocket, session: Session) => void
  sent: (event: LoggedEvent, sockets: number) => void
  reportBug: (bug: unknown) => void
  tellPositionEveryMs?: number
  /** How long a connection may take to ask for its socket, in ms. */
  connectTimeoutMs?: number
  /** How many connections may be without a socket at a time. */
  connectionsWithoutSocket?: number
}

/**
 * How long replies under way may take once the server stops, and how long a client may take to acknowledge that its
 * socket is closed.
 */
const drainMs = 5_000
/** How long it may take to tell a client that its connection is closed. */
const closeNoticeMs = 1_000
/** Clients reconnect spread over this time, so that a restarted server does not get all of them at once. */
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
    closeNoticeMs,
  })
  const subscribersOf = (personId: string) => delivery.subscribersOf(personId)
  const dispatch: Dispatch = (subscriber, event, thrown) => move(subscriber, event, thrown)
  const socketWith = (id: string) => io.of('/').sockets.get(id)
  const socketsWith = (ids: readonly string[]) =>
    ids.map(socketWith).filter((socket) => socket !== undefined)
  const presence = createPresenceChannel({
    hub: createMemoryHub(systemClock),
    known: createKnownReaders(parts),
    follower,
    isFull(id) {
      const socket = socketWith(id)
      return socket === undefined || outgoing.isFull(socket.conn)
    },
    tell: (ids, json) => writeJson(socketsWith(ids), 'presence:state', json),
    readLooks: parts.readLooks,
    tellLooks: (ids, looks) =>
      writeMessage(socketsWith(ids), { name: 'presence:looks', data: looks }),
    reportBug,
    showsStaffNames: () => parts.deskSettings().showStaffNames,
    clock: systemClock,
  })
  const shared = { ...parts, outgoing, dispatch, presence }
  const greeting = createGreeting(shared)
  const move = createDispatch({
    ...createCatchUp({ ...shared, subscribersOf }),
    ...greeting.effects,
    sayUnavailable: (subscriber) => sayWhenToReturn(subscriber, 'sync:unavailable'),
    sayRestarting: (subscriber) => sayWhenToReturn(subscriber, 'sync:restarting'),
    report: (_subscriber, thrown) => reportBug(thrown),
    // This is not `disconnect`: plain clients of Socket.IO do not reconnect after it.
    close: ({ socket }) => socket.conn.close(),
    // The connection closes once everything is sent. For a client that does not read, that never happens.
    closeLate: ({ socket }) =>
      void setTimeout(() => socket.conn.close(true), closeNoticeMs).unref(),
    disconnect: ({ socket }) => void socket.disconnect(true),
  })
  const delivery = createDelivery(shared)

  io.use((socket, next) => {
    // One message may ask for thousands of sockets on its connection, before any of them is counted.
    if (!connections.ask(socket.conn)) {
      socket.conn.close()
      return next(refusal('socket.tooManySockets'))
    }
    const session = handshake.sessionOf(socket.request)
    if (session === undefined) return next(refusal('session.none'))
    // The follower may have become unhealthy since the handshake was allowed.
    if (!follower.isHealthy()) return next(refusal('unavailable'))
    if (delivery.subscribersOf(session.actor.id).size >= limits.socketsPerPerson)
      return next(refusal('socket.tooManySockets'))
    socket.data.session = session
    next()
  })

  io.on('connection', (socket) => {
    // A connection has one socket. Without it, the connection would not be counted, and would not be closed when its
    // session ends.
    socket.once('disconnect', () => socket.conn.close())
    subscribe(socket)
  })

  function subscribe(socket: DeskSocket): void {
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
      greet: () => {},
    }
    // Added before its resume point is looked up: from now on the socket counts, and the end of its session closes it.
    delivery.add(subscriber)
    socket.once('disconnect', () => {
      delivery.remove(subscriber)
      dispatch(subscriber, 'disconnected')
    })
    greeting.lookUp(subscriber)
  }

  const positions = setInterval(() => {
    if (follower.isHealthy()) delivery.tellPositions()
  }, tellPositionEveryMs)

  follower.onHealth((current) => {
    if (current) return
    for (const subscriber of delivery.subscribers()) dispatch(subscriber, 'logLost')
  })

  return {
    io,
    ...createSocketServer(io, outgoing),
    async close() {
      clearInterval(positions)
      presence.stop()
      isStopping = true
      for (const subscriber of delivery.subscribers()) dispatch(subscriber, 'stopping')
      // `io.close` waits for all replies under way. It would also wait for idle connections, which are kept for a next
      // request that never comes.
      const idle = setInterval(() => parts.http.closeIdleConnections(), 50)
      const late = setTimeout(() => parts.http.closeAllConnections(), drainMs)
      await io.close()
      clearInterval(idle)
      clearTimeout(late)
    },
  }
}

function sayWhenToReturn({ socket }: Subscriber, name: 'sync:restarting' | 'sync:unavailable') {
  socket.emit(name, { retryInMs: spread() })
}

function spread(): number {
  return 500 + Math.round(Math.random() * returnWithinMs)
}

function refusal(code: ErrorCode): Error {
  const [, message] = errors[code]
  return Object.assign(new Error(message), { data: { code, message } })
}
