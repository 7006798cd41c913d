import type { Server, Socket } from 'socket.io'
import type { Session } from '../people/sessions.ts'

interface SocketData {
  session: Session
}

type Incoming = Record<string, (...args: unknown[]) => void>

export type DeskServer = Server<
  Incoming,
  Record<string, (...args: unknown[]) => void>,
  Record<string, never>,
  SocketData
>
export type DeskSocket = Socket<
  Incoming,
  Record<string, (...args: unknown[]) => void>,
  Record<string, never>,
  SocketData
>
