import { sql } from 'kysely'
import type { Position, SignedIn } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { change } from '../log/change.ts'
import type { ChangeRequest } from '../log/change.ts'
import { snapshot } from '../log/log-position.ts'
import type { PersonActor } from '../access/actor.ts'
import { deviceWords } from './device-words.ts'
import { endSessions } from './sessions.ts'

export async function readOwnSessions(
  db: Db,
  { id, sessionId }: PersonActor,
): Promise<{ sessions: SignedIn[] } & Position> {
  const { rows, ...position } = await snapshot(db, async (tx) => ({
    rows: await tx
      .selectFrom('sessions')
      .select(['id', 'device as userAgent', 'address'])
      .select(['created_at as signedInAt', 'used_at as usedAt'])
      .select(sql<boolean>`id = ${sessionId}`.as('current'))
      .where('person_id', '=', id)
      .where('expires_at', '>', sql<string>`now()`)
      .orderBy('current', 'desc')
      .orderBy('used_at', 'desc')
      .orderBy('id', 'desc')
      .execute(),
  }))
  const sessions = rows.map(async ({ userAgent, ...session }) => ({
    ...session,
    device: await deviceWords(userAgent),
  }))
  return { sessions: await Promise.all(sessions), ...position }
}

/** Ends one of the actor's sessions, in another browser or in this one. */
export async function endOwnSession(db: Db, request: ChangeRequest, id: string): Promise<void> {
  await change(
    db,
    request,
    async (tx, actor, record) => {
      const reason = id === actor.sessionId ? 'signedOut' : 'signedOutElsewhere'
      const events = await endSessions(tx, record, actor.id, reason, { only: id })
      if (events.length === 0) throw new DeskError('not.found')
      return { result: {}, events }
    },
    { people: true },
  )
}

/** Ends all of the actor's sessions except this one. */
export async function endOtherSessions(db: Db, request: ChangeRequest): Promise<void> {
  await change(
    db,
    request,
    async (tx, { id, sessionId }, record) => ({
      result: {},
      events: await endSessions(tx, record, id, 'signedOutElsewhere', { except: sessionId }),
    }),
    { people: true },
  )
}
