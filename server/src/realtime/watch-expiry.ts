import type { Db } from '../database/types.ts'
import { sessionById } from '../people/sessions.ts'
import type { DeskSocket } from './desk-server.ts'

/** Closes a socket when its session runs out. The row is read again first: using it elsewhere has kept it alive. */
export function watchExpiry(db: Db, socket: DeskSocket, reportBug: (bug: unknown) => void): void {
  let timer: NodeJS.Timeout
  const { actor } = socket.data.session

  function schedule(expiresAt: string): void {
    // Seven days at most; a timer holds 24.
    const leftMs = Date.parse(expiresAt) - Date.now()
    timer = setTimeout(() => void check(), Math.max(leftMs, 0) + 1)
  }

  async function check(): Promise<void> {
    try {
      const session = await sessionById(db, actor.sessionId)
      if (!socket.connected) return
      if (session === undefined) socket.disconnect(true)
      else schedule(session.expiresAt)
    } catch (thrown) {
      reportBug(thrown)
      socket.conn.close()
    }
  }

  schedule(socket.data.session.expiresAt)
  socket.once('disconnect', () => clearTimeout(timer))
}
