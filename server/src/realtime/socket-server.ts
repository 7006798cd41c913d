import { roles } from '@deskbell/contract'
import type { Role } from '@deskbell/contract'
import type { DeskServer, DeskSocket } from './desk-server.ts'
import type { Outgoing } from './outgoing.ts'

/**
 * Events of one's own, sent by server code to whoever is connected right now. They are not in the log: who is offline
 * does not get them, and they must not say anything about a ticket to people who may not see it.
 */
export interface SocketServer {
  /** Throws when `event` is a name that Deskbell or Socket.IO uses itself. */
  emitToUser(userId: string, event: string, data: unknown): void
  emitToUsers(userIds: readonly string[], event: string, data: unknown): void
  emitToRoles(roles: readonly Role[], event: string, data: unknown): void
  broadcast(event: string, data: unknown): void
  /** People with at least one open socket. */
  getConnectedUserCount(): Promise<number>
  isUserConnected(userId: string): Promise<boolean>
}

const reservedPrefixes = ['ticket:', 'sync:', 'session:', 'access:', 'notification:', 'person:']
const reservedNames = new Set([
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'newListener',
  'removeListener',
])

export function createSocketServer(io: DeskServer, outgoing: Outgoing): SocketServer {
  function emit(rooms: string[], event: string, data: unknown): void {
    if (reservedNames.has(event) || reservedPrefixes.some((prefix) => event.startsWith(prefix))) {
      throw new Error(`The event name ${JSON.stringify(event)} is Deskbell's own.`)
    }
    // An empty list of rooms means everyone to Socket.IO, and no one to who wrote it.
    if (rooms.length > 0) io.to(rooms).except(fullSockets()).emit(event, data)
  }

  /** A client that does not read misses these, as one that is not connected does. */
  function fullSockets(): string[] {
    const all = [...io.of('/').sockets.values()]
    return all.flatMap(({ id, conn }) => (outgoing.isFull(conn) ? [id] : []))
  }

  return {
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
}

/** Rooms carry custom events only: what is in the log goes by its own audience. */
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
