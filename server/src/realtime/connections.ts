import type { IncomingMessage } from 'node:http'
import { limits } from '@deskbell/contract'
import type { ErrorCode } from '@deskbell/contract'
import type { Connection } from './outgoing.ts'

/**
 * Counts the connections of Engine.IO from their handshake on: a connection takes memory before it has a socket, and
 * also if it never gets one.
 */
export interface Connections {
  /** Counts the connection that a handshake is about to become, or returns why it is refused. */
  reserve(request: IncomingMessage, personId: string): ErrorCode | undefined
  opened(connection: Connection): void
  /** The connection asks for its socket. False if it did so before. */
  ask(connection: Connection): boolean
}

/**
 * Twice the sockets, which leaves room for connections that are being replaced: after a page reload, or after a network
 * change.
 */
const connectionsPerPerson = 2 * limits.socketsPerPerson
/** Connections without a socket, of everyone together: enough for a large office that reconnects at once. */
const usualWithoutSocket = 1_000

export function createConnections(mostWithoutSocket = usualWithoutSocket): Connections {
  const byPerson = new Map<string, number>()
  const withoutSocket = new Set<IncomingMessage>()
  /** Handshakes that are not connections yet. */
  const reserved = new Map<IncomingMessage, string>()
  const askedForSocket = new WeakSet<Connection>()

  function count(personId: string, change: 1 | -1): void {
    const next = (byPerson.get(personId) ?? 0) + change
    if (next === 0) byPerson.delete(personId)
    else byPerson.set(personId, next)
  }

  function release(request: IncomingMessage, personId: string): void {
    count(personId, -1)
    withoutSocket.delete(request)
  }

  return {
    reserve(request, personId) {
      if ((byPerson.get(personId) ?? 0) >= connectionsPerPerson) return 'socket.tooManySockets'
      if (withoutSocket.size >= mostWithoutSocket) return 'request.tooMany'
      count(personId, 1)
      withoutSocket.add(request)
      reserved.set(request, personId)
      // Engine.IO opens the connection before this runs, or never: the client may be gone, or may ask for an unknown
      // transport.
      setImmediate(() => {
        if (reserved.delete(request)) release(request, personId)
      })
      return undefined
    },
    opened(connection) {
      const { request } = connection
      const personId = reserved.get(request)
      if (personId === undefined) return connection.close(true)
      reserved.delete(request)
      connection.once('close', () => release(request, personId))
    },
    ask(connection) {
      withoutSocket.delete(connection.request)
      if (askedForSocket.has(connection)) return false
      askedForSocket.add(connection)
      return true
    },
  }
}
