import type { Server, Socket } from 'socket.io'
import type { ClientToServer, ServerToClient } from '@deskbell/contract'
import type { Session } from '../people/sessions.ts'

interface SocketData {
  session: Session
}

/** Nodes do not talk to each other over Socket.IO. */
type ServerToServer = Record<never, never>

/** Sends what the contract says, and nothing else; custom events go through `SocketServer`. */
export type DeskServer = Server<ClientToServer, ServerToClient, ServerToServer, SocketData>
export type DeskSocket = Socket<ClientToServer, ServerToClient, ServerToServer, SocketData>
