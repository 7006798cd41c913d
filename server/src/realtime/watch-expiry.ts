import type { Db } from '../database/types.ts'
import type { Session } from '../people/sessions.ts'
import { sessionById } from '../people/sessions.ts'
import type { DeskSocket } from './desk-server.ts'

/** Clocks differ: if this one is slightly early, the check must not repeat in a tight loop until the session ends. */
const shortestWaitMs = 250

/**
 * Closes a socket when its session expires by the database's clock. The session is read again first, because other
 * requests may have extended it.
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
    // A session lasts at most seven days; a timer can wait 24.
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
