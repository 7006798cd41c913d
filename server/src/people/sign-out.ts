import type { AuditContext } from '../audit/audit-context.ts'
import type { Db } from '../database/types.ts'
import { lockPeople, transact } from '../log/change.ts'
import type { PersonActor } from '../access/actor.ts'
import { actorRef } from '../access/actor.ts'
import { endSessions } from './sessions.ts'

export function signOut(db: Db, audit: AuditContext, actor: PersonActor): Promise<void> {
  return transact(db, audit, async (tx, record, append) => {
    await lockPeople(tx)
    const only = actor.sessionId
    const events = await endSessions(tx, record, actor.id, 'signedOut', { only })
    await append(actorRef(actor), events)
  })
}
