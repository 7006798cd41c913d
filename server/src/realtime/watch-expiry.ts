import type { Db } from '../database/types.ts'
import type { Session } from '../people/sessions.ts'
import { sessionById } from '../people/sessions.ts'
import type { DeskSocket } from './desk-server.ts'

/** Clocks do not run equally fast: one that is early by a moment must not ask again and again for that moment. */
const shortestWaitMs = 250

/**
 * Closes a socket when its session runs out, which the database's clock decides. The row is read again first: using it
 * elsewhere has kept it alive.
 */
export function watchExpiry(
  db: Db,
  socket: DeskSocket,
  { leftMs }: Session,
  reportBug: (bug: unknown) => void,
): void {
  let timer: NodeJS.Timeout
  const { actor } = socket.data.session

  function schedule(waitMs: number): void {
    // Seven days at most; a timer holds 24.
    timer = setTimeout(() => void check(), Math.max(waitMs, shortestWaitMs))
  }

  async function check(): Promise<void> {
    try {
      const session = await sessionById(db, actor.sessionId)
      if (!socket.connected) return
      if (session === undefined) socket.disconnect(true)
      else schedule(session.leftMs)
    } catch (thrown) {
      reportBug(thrown)
      socket.conn.close()
    }
  }

  schedule(leftMs)
  socket.once('disconnect', () => clearTimeout(timer))
}
