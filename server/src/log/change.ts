import { sql } from 'kysely'
import type { ActorRef, Role } from '@deskbell/contract'
import type { AuditActor, AuditContext } from '../audit/audit-context.ts'
import { createRecorder } from '../audit/record-audit.ts'
import type { RecordAudit } from '../audit/record-audit.ts'
import type { RecordedEntry } from '../audit/audit-context.ts'
import type { Lease } from '../database/lease.ts'
import { statement } from '../database/statement.ts'
import type { Db, Tx } from '../database/types.ts'
import { DeskError, isRetryable } from '../errors.ts'
import type { Actor, PersonActor } from '../access/actor.ts'
import { actorRef, keyOwner } from '../access/actor.ts'
import { appendedValues, appendEvents, appending } from './append-events.ts'
import type { AppendedValues, NewEvent } from './append-events.ts'

/** A request for a change: who asks, the Idempotency-Key, a hash of the requested content, and where it comes from. */
export interface ChangeRequest<A extends Actor = PersonActor> {
  actor: A
  key: string
  fingerprint: string
  audit: AuditContext
}

/** What a change produces: the ids of what it created, and its events. Without events nothing changed. */
export interface Outcome<M> {
  result: M
  events: readonly NewEvent[]
}

interface ChangeOptions {
  /** Held by the node that makes the change: without it the change is not made. */
  lease?: Lease
  /**
   * Takes the people lock alone: changes to people run one at a time, so that two super admins cannot demote each
   * other.
   */
  people?: boolean
}

/**
 * Runs a change in one transaction. Every change takes its locks in one order: lease, idempotency row, people lock, actor,
 * the desk's settings, tickets by id, tags lock, the actor's drafts and use of storage, the log. A request with a key that was used
 * before changes nothing and gets the stored result.
 */
export async function change<M extends object, A extends Actor>(
  db: Db,
  request: ChangeRequest<A>,
  make: (tx: Tx, actor: A, record: RecordAudit) => Promise<Outcome<M>>,
  options: ChangeOptions = {},
): Promise<M> {
  const { result, recorded, hasAppended } = await withRetries(db, async () => {
    let written = Promise.resolve()
    try {
      return await db.transaction().execute(async (tx) => {
        await options.lease?.lock(tx)
        const started = await start<M, A>(tx, request, options.people === true)
        if ('result' in started) return unchanged(started.result)

        const actor = auditActor(started.actor)
        const context = { ...request.audit, actor }
        const { record, recorded } = createRecorder(tx, context)
        const outcome = await make(tx, started.actor, record)
        // The write is not awaited before COMMIT is sent: COMMIT follows it directly, so the log stays locked for no
        // longer than both take.
        written = recordOutcome(tx, started.actor, request.key, outcome)
        written.catch(() => {})
        return { result: outcome.result, recorded, hasAppended: outcome.events.length > 0 }
      })
    } catch (thrown) {
      // COMMIT only reports that an earlier statement failed. The write itself has the cause.
      await written
      throw thrown
    }
  })
  afterCommit(db, request.audit, recorded, hasAppended)
  return result
}

/** A repeated request changes nothing. */
function unchanged<M>(result: M) {
  return { result, recorded: [], hasAppended: false }
}

/**
 * Runs a change that needs no idempotency key: a sign-in, a sign-out, the use of a link. It takes its locks in the same
 * order.
 */
export async function transact<T>(
  db: Db,
  context: AuditContext,
  work: (tx: Tx, record: RecordAudit, append: Append) => Promise<T>,
): Promise<T> {
  const { result, recorded, hasAppended } = await withRetries(db, () =>
    db.transaction().execute(async (tx) => {
      const { record, recorded } = createRecorder(tx, context)
      let hasAppended = false
      const result = await work(tx, record, async (actor, events) => {
        if (events.length === 0) return
        await appendEvents(tx, actor, null, events)
        hasAppended = true
      })
      return { result, recorded, hasAppended }
    }),
  )
  afterCommit(db, context, recorded, hasAppended)
  return result
}

/** Appends the events of a transaction, its last step. */
export type Append = (actor: ActorRef | null, events: readonly NewEvent[]) => Promise<void>

function afterCommit(
  db: Db,
  context: AuditContext,
  recorded: readonly RecordedEntry[],
  hasAppended: boolean,
): void {
  for (const entry of recorded) context.report(entry)
  if (hasAppended) db.appended.emit()
}

/** Whether a change with this idempotency key was made before. */
export async function wasExecuted(db: Db, { actor, key }: ChangeRequest<Actor>): Promise<boolean> {
  const found = await db
    .selectFrom('idempotency_keys')
    .select('key')
    .where('actor', '=', keyOwner(actor))
    .where('key', '=', key)
    .executeTakeFirst()
  return found !== undefined
}

/** Ends every change: stores its result and appends its events, in one statement. */
async function recordOutcome<M extends object>(
  tx: Tx,
  actor: Actor,
  key: string,
  { result, events }: Outcome<M>,
): Promise<void> {
  const params = { result: JSON.stringify(result), owner: keyOwner(actor), key }
  if (events.length === 0) await saveResult(tx, params)
  else await saveResultAndAppend(tx, { ...params, ...appendedValues(actorRef(actor), key, events) })
}

const saveResult = statement((_db, params: ResultParams) => updateKey(params))

const saveResultAndAppend = statement(
  (_db, params: ResultParams & AppendedValues) =>
    sql`with saved as (${updateKey(params)}) select from ${appending(params)}`,
)

interface ResultParams {
  result: string
  owner: string
  key: string
}

function updateKey({ result, owner, key }: ResultParams) {
  return sql`update idempotency_keys set result = ${result} where actor = ${owner} and key = ${key}`
}

interface Started {
  /** The fingerprint of the key's first use; null if this is the first use. */
  used: string | null
  result: unknown
  name: string
  role: Role | null
}

interface StartParams {
  owner: string
  /** Null: no person acts. */
  personId: string | null
  sessionId: string | null
  key: string
  fingerprint: string
  changesPeople: boolean
}

const beginChange = statement(
  (_db, params: StartParams) =>
    sql<Started>`select * from begin_change(
      ${params.owner}, ${params.personId}, ${params.sessionId}, ${params.key}, ${params.fingerprint},
      ${params.changesPeople})`,
)

/** Who makes the change, or the result of the earlier change with the same key. */
async function start<M, A extends Actor>(
  tx: Tx,
  { actor, key, fingerprint }: ChangeRequest<A>,
  changesPeople: boolean,
): Promise<{ actor: A } | { result: M }> {
  const { id: personId, sessionId } =
    actor.kind === 'person' ? actor : { id: null, sessionId: null }
  const owner = keyOwner(actor)
  const params = { owner, personId, sessionId, key, fingerprint, changesPeople }
  const [started] = await beginChange(tx, params)
  if (started === undefined) throw new Error('begin_change returned nothing')
  const { used, result, name, role } = started
  if (used !== null && used !== fingerprint) throw new DeskError('idempotency.mismatch')
  if (used !== null) return { result: result as M }
  if (actor.kind !== 'person') return { actor }
  if (role === null) throw new DeskError('session.none')
  return { actor: { ...actor, name, role } }
}

/** The audit log names people; what the system did is an entry of the server itself. */
function auditActor(actor: Actor): AuditActor | null {
  return actor.kind === 'person' ? actor : null
}

export async function lockPeople(tx: Tx): Promise<void> {
  await sql`select lock_people(false)`.execute(tx)
}

/** Runs a transaction that a request writes in, and repeats it after a failure that may pass, such as a deadlock. */
export async function withRetries<T>(db: Db, attempt: () => Promise<T>): Promise<T> {
  for (let retriesLeft = 2; ; retriesLeft -= 1) {
    try {
      return await db.withPermit(attempt)
    } catch (thrown) {
      if (!isRetryable(thrown)) throw thrown
      if (retriesLeft === 0) throw new DeskError('busy')
    }
  }
}
