import type { IncomingMessage } from 'node:http'
import { limits } from '@deskbell/contract'
import type { ErrorCode } from '@deskbell/contract'
import type { Connection } from './outgoing.ts'

/** Counts Engine.IO's connections from their handshake on: each takes memory before it has a socket, and if it never gets one. */
export interface Connections {
  /** Counts the connection that a handshake is about to become, or says why there may not be one more. */
  reserve(request: IncomingMessage, personId: string): ErrorCode | undefined
  opened(connection: Connection): void
  /** It asks for its socket. False if it did so before. */
  ask(connection: Connection): boolean
}

/** Room for those that are being replaced: of a page that is loaded again, of a network that is gone. */
const connectionsPerPerson = 2 * limits.socketsPerPerson
/** Of everyone together: enough for all of a large office that comes back at once. */
const usualWithoutSocket = 1_000

export function createConnections(mostWithoutSocket = usualWithoutSocket): Connections {
  const byPerson = new Map<string, number>()
  const withoutSocket = new Set<IncomingMessage>()
  /** Handshakes that are not connections yet. */
  const reserved = new Map<IncomingMessage, string>()
  const asked = new WeakSet<Connection>()

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
      // It becomes one before anything else happens, or not at all: its client may be gone, or ask for what is not there.
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
      if (asked.has(connection)) return false
      asked.add(connection)
      return true
    },
  }
}
