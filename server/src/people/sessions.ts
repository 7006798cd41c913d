import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { limits } from '@deskbell/contract'
import type { EventData } from '@deskbell/contract'
import { serverContext } from '../audit/audit-context.ts'
import type { AuditContext } from '../audit/audit-context.ts'
import type { RecordAudit } from '../audit/record-audit.ts'
import { later, now } from '../database/now.ts'
import { statement } from '../database/statement.ts'
import type { Db, Tx } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import type { NewEvent } from '../log/append-events.ts'
import type { PersonActor } from '../access/actor.ts'
import { hashToken, newToken } from './secrets.ts'

/** A valid session, read from the database. */
export interface Session {
  actor: PersonActor
  expiresAt: string
  /** Time until `expiresAt` by the database's clock, which may differ from this machine's. */
  leftMs: number
  /** Whether its last use must be recorded again. */
  isDue: boolean
}

export interface NewSession {
  token: string
  sessionId: string
  expiresAt: string
}

/** The browser of a session, as far as it is known. */
type Place = Pick<AuditContext, 'device' | 'address'>

export async function createSession(
  tx: Tx | Db,
  personId: string,
  { device, address }: Place = serverContext,
): Promise<NewSession> {
  const token = newToken()
  const sessionId = uuidv7()
  const { expiresAt } = await tx
    .insertInto('sessions')
    .values({
      id: sessionId,
      person_id: personId,
      token_hash: hashToken(token),
      expires_at: later(limits.sessionIdleMs),
      ends_at: later(limits.sessionAbsoluteMs),
      device,
      address,
    })
    .returning('expires_at as expiresAt')
    .executeTakeFirstOrThrow()
  return { token, sessionId, expiresAt }
}

/** Records that the password was entered, and replaces the token: a stolen copy of the old one stops working. */
export async function renewToken(tx: Tx, sessionId: string): Promise<NewSession> {
  const token = newToken()
  const renewed = await tx
    .updateTable('sessions')
    .set({ token_hash: hashToken(token), confirmed_at: now })
    .where('id', '=', sessionId)
    .returning('expires_at as expiresAt')
    .executeTakeFirst()
  if (renewed === undefined) throw new DeskError('session.none')
  return { token, sessionId, expiresAt: renewed.expiresAt }
}

export async function sessionByToken(db: Db, token: string): Promise<Session | undefined> {
  const [found] = await sessionWithToken(db, { hash: hashToken(token) })
  return found && toSession(found)
}

/** For the timer of a socket: other requests may have extended the session. */
export async function sessionById(db: Db, id: string): Promise<Session | undefined> {
  const [found] = await sessionWithId(db, { id })
  return found && toSession(found)
}

const sessionWithToken = statement((db, params: { hash: Buffer }) =>
  liveSessions(db).where('s.token_hash', '=', params.hash),
)

const sessionWithId = statement((db, params: { id: string }) =>
  liveSessions(db).where('s.id', '=', params.id),
)

function liveSessions(db: Db | Tx) {
  return db
    .selectFrom('sessions as s')
    .innerJoin('people as p', 'p.id', 's.person_id')
    .select([
      's.id as sessionId',
      's.expires_at as expiresAt',
      'p.id',
      'p.name',
      'p.role',
      'p.color',
    ])
    .select(sql<number>`(extract(epoch from s.expires_at - now()) * 1000)::float8`.as('leftMs'))
    .select(
      sql<boolean>`s.used_at < now() - ${noteEveryMs} * interval '1 millisecond'
        or s.expires_at < least(s.ends_at, ${later(limits.sessionIdleMs - noteEveryMs)})`.as(
        'isDue',
      ),
    )
    .where(sql<boolean>`p.active and s.expires_at > now()`)
}

function toSession({
  expiresAt,
  leftMs,
  isDue,
  ...actor
}: Omit<PersonActor, 'kind'> & Omit<Session, 'actor'>): Session {
  return { actor: { kind: 'person', ...actor }, expiresAt, leftMs, isDue }
}

/** The use of a session is written at most this often, so that reading a list is not also a write. */
const noteEveryMs = 10 * 60_000

/** Extends a session that is used, up to its absolute end. Records where it was used from. */
export async function slideSession(
  db: Db,
  session: Session,
  { device, address }: Place,
): Promise<string> {
  if (!session.isDue) return session.expiresAt
  const moved = await db
    .updateTable('sessions')
    .set({
      used_at: sql`now()`,
      device,
      address,
      expires_at: sql`least(ends_at, now() + ${limits.sessionIdleMs} * interval '1 millisecond')`,
    })
    .where('id', '=', session.actor.sessionId)
    .returning('expires_at as expiresAt')
    .executeTakeFirst()
  return moved?.expiresAt ?? session.expiresAt
}

type Reason = EventData<'session:ended'>['reason']

/** Ends sessions, in the transaction that is the reason for it. The event closes their sockets on every node. */
export async function endSessions(
  tx: Tx,
  record: RecordAudit,
  personId: string,
  reason: Reason,
  options: { only?: string; except?: string } = {},
): Promise<NewEvent[]> {
  const { only, except } = options
  const ended = await tx
    .deleteFrom('sessions')
    .where('person_id', '=', personId)
    .$if(only !== undefined, (query) => query.where('id', '=', only ?? ''))
    .$if(except !== undefined, (query) => query.where('id', '<>', except ?? ''))
    .returning('id')
    .execute()
  return ended.length === 0 ? [] : [await sessionsEnded(record, personId, ended, reason)]
}

/** Whether the person has reached the limit of sessions. */
export async function hasManySessions(tx: Tx, personId: string): Promise<boolean> {
  const last = await tx
    .selectFrom('sessions')
    .select('id')
    .where('person_id', '=', personId)
    .offset(limits.sessionsPerPerson - 1)
    .limit(1)
    .executeTakeFirst()
  return last !== undefined
}

/** Ends the least recently used sessions above the limit of a person. */
export async function endOldest(
  tx: Tx,
  record: RecordAudit,
  personId: string,
): Promise<NewEvent[]> {
  const kept = tx
    .selectFrom('sessions')
    .select('id')
    .where('person_id', '=', personId)
    .orderBy('used_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limits.sessionsPerPerson)
  const ended = await tx
    .deleteFrom('sessions')
    .where('person_id', '=', personId)
    .where('id', 'not in', kept)
    .returning('id')
    .execute()
  return ended.length === 0 ? [] : [await sessionsEnded(record, personId, ended, 'tooMany')]
}

/** Ends the session that a browser had before it gets a new one, whoever it belonged to. */
export async function endReplaced(
  tx: Tx,
  record: RecordAudit,
  token: string | undefined,
): Promise<NewEvent[]> {
  if (token === undefined) return []
  const ended = await tx
    .deleteFrom('sessions')
    .where('token_hash', '=', hashToken(token))
    .returning(['id', 'person_id as personId'])
    .execute()
  const [session] = ended
  return session === undefined
    ? []
    : [await sessionsEnded(record, session.personId, ended, 'replaced')]
}

async function sessionsEnded(
  record: RecordAudit,
  personId: string,
  sessions: readonly { id: string }[],
  reason: Reason,
): Promise<NewEvent> {
  await record(
    reason === 'signedOut'
      ? { kind: 'session.signedOut', subjectId: personId }
      : {
          kind: 'session.ended',
          subjectId: personId,
          details: { reason, count: sessions.length },
        },
  )
  const data = { personId, sessionIds: sessions.map(({ id }) => id), reason }
  return { name: 'session:ended', data, audience: 'people', people: [personId] }
}

/** Deletes expired sessions. */
export async function sweepSessions(tx: Tx): Promise<void> {
  await tx
    .deleteFrom('sessions')
    .where('expires_at', '<', sql<string>`now()`)
    .execute()
}
