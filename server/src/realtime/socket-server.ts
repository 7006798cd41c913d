import { PacketType } from 'socket.io-parser'
import { roles } from '@deskbell/contract'
import type { DraftMessage, Role } from '@deskbell/contract'
import type { DeskServer, DeskSocket } from './desk-server.ts'
import type { Outgoing } from './outgoing.ts'

/**
 * Custom events, which server code sends to the people who are connected right now. They are not in the log: offline
 * people do not get them. They must not reveal anything about a ticket to people who may not see it.
 */
export interface SocketServer {
  /** Throws if `event` is a name that Deskbell or Socket.IO uses itself. */
  emitToUser(userId: string, event: string, data: unknown): void
  emitToUsers(userIds: readonly string[], event: string, data: unknown): void
  emitToRoles(roles: readonly Role[], event: string, data: unknown): void
  broadcast(event: string, data: unknown): void
  /** People with at least one open socket. */
  getConnectedUserCount(): Promise<number>
  isUserConnected(userId: string): Promise<boolean>
}

const reservedPrefixes = [
  'ticket:',
  'sync:',
  'session:',
  'access:',
  'notification:',
  'person:',
  'tag:',
  'settings:',
  'presence:',
  'token:',
  'draft:',
]
const reservedNames = new Set([
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'newListener',
  'removeListener',
])

interface EphemeralMessages {
  socketServer: SocketServer
  tellDraft(personId: string, changed: DraftMessage['data']): void
}

/** What is sent to people and not to the readers of a ticket. It is in no log: who is not connected misses it. */
export function createSocketServer(io: DeskServer, outgoing: Outgoing): EphemeralMessages {
  function emit(rooms: string[], event: string, data: unknown): void {
    if (reservedNames.has(event) || reservedPrefixes.some((prefix) => event.startsWith(prefix))) {
      throw new Error(`The event name ${JSON.stringify(event)} is Deskbell's own.`)
    }
    send(rooms, event, data)
  }

  function send(rooms: string[], event: string, data: unknown): void {
    // For Socket.IO, an empty list of rooms means everyone; for the caller it means no one.
    if (rooms.length === 0) return
    // `emit` does the same, but takes only the names of the contract.
    const packet = { type: PacketType.EVENT, data: [event, data] }
    const to = { rooms: new Set(rooms), except: new Set(fullSockets()) }
    io.of('/').adapter.broadcast(packet, to)
  }

  /** Sockets whose clients do not read. They miss custom events, as offline clients do. */
  function fullSockets(): string[] {
    const all = [...io.of('/').sockets.values()]
    return all.flatMap(({ id, conn }) => (outgoing.isFull(conn) ? [id] : []))
  }

  const socketServer: SocketServer = {
    emitToUser: (userId, event, data) => emit([personRoom(userId)], event, data),
    emitToUsers: (userIds, event, data) => emit(userIds.map(personRoom), event, data),
    emitToRoles: (to, event, data) => emit(to.map(roleRoom), event, data),
    broadcast: (event, data) => emit(roles.map(roleRoom), event, data),
    async getConnectedUserCount() {
      const sockets = await io.fetchSockets()
      return new Set(sockets.map((socket) => socket.data.session.actor.id)).size
    },
    async isUserConnected(userId) {
      return (await io.in(personRoom(userId)).fetchSockets()).length > 0
    },
  }
  return {
    socketServer,
    tellDraft: (personId, changed) => send([personRoom(personId)], 'draft:changed', changed),
  }
}

/** Rooms are for custom events only: each event of the log goes to its own audience. */
export function joinRooms(socket: DeskSocket): void {
  const { actor } = socket.data.session
  void socket.join([personRoom(actor.id), roleRoom(actor.role)])
}

function personRoom(id: string): string {
  return `person ${id}`
}

function roleRoom(role: Role): string {
  return `role ${role}`
}
