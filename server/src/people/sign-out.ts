import type { Db } from '../database/types.ts'
import { appendEvents } from '../events/append-events.ts'
import { lockPeople, withRetries } from '../events/change.ts'
import type { Actor } from './actor.ts'
import { actorRef } from './actor.ts'
import { endSessions } from './sessions.ts'

export function signOut(db: Db, actor: Actor): Promise<void> {
  return withRetries(() =>
    db.transaction().execute(async (tx) => {
      await lockPeople(tx)
      const events = await endSessions(tx, actor.id, 'signedOut', { only: actor.sessionId })
      if (events.length > 0) await appendEvents(tx, actorRef(actor), null, events)
    }),
  )
}
