import { sql } from 'kysely'
import type { Role } from '@deskbell/contract'
import type { AuditContext } from '../audit/audit-context.ts'
import { createRecorder } from '../audit/record-audit.ts'
import type { RecordAudit, RecordedEntry } from '../audit/record-audit.ts'
import { poolSize } from '../database/create-pool.ts'
import { statement } from '../database/statement.ts'
import type { Db, Tx } from '../database/types.ts'
import { DeskError, isRetryable } from '../errors.ts'
import type { Actor } from '../access/actor.ts'
import { actorRef } from '../access/actor.ts'
import { appendedValues, appending } from './append-events.ts'
import type { AppendedValues, NewEvent } from './append-events.ts'
import { createSemaphore } from './semaphore.ts'

/** A change someone asked for: by whom, under which Idempotency-Key, a hash of what was asked, and from where. */
export interface ChangeRequest {
  actor: Actor
  key: string
  fingerprint: string
  audit: AuditContext
}

/** What a change leaves behind: the ids of what it made, and its events. No events: nothing changed. */
export interface Outcome<M> {
  result: M
  events: readonly NewEvent[]
}

interface ChangeOptions {
  /** Changes to people go one at a time, so that two super admins cannot demote each other. */
  people?: boolean
}

/**
 * Runs a change in one transaction, with its locks in the order that every change keeps: idempotency row, people lock,
 * actor, tickets by id, the log. Asked again with the same key it changes nothing and answers what was made.
 */
export async function change<M extends object>(
  db: Db,
  request: ChangeRequest,
  make: (tx: Tx, actor: Actor, record: RecordAudit) => Promise<Outcome<M>>,
  options: ChangeOptions = {},
): Promise<M> {
  const { result, recorded } = await withRetries(async () => {
    let written = Promise.resolve()
    try {
      return await db.transaction().execute(async (tx) => {
        const started = await start<M>(tx, request, options.people === true)
        if ('result' in started) return { result: started.result, recorded: [] }

        const context = { ...request.audit, actor: started.actor }
        const { record, recorded } = createRecorder(tx, context)
        const outcome = await make(tx, started.actor, record)
        // Not waited for: COMMIT follows on its heels, so that the log is locked for no longer than both take.
        written = recordOutcome(tx, started.actor, request.key, outcome)
        written.catch(() => {})
        return { result: outcome.result, recorded }
      })
    } catch (thrown) {
      // COMMIT only says that something before it failed; this says what.
      await written
      throw thrown
    }
  })
  report(request.audit, recorded)
  return result
}

/** Runs a change that needs no key: someone signs in or out, or uses a link. The locks are taken in the same order. */
export async function transact<T>(
  db: Db,
  context: AuditContext,
  work: (tx: Tx, record: RecordAudit) => Promise<T>,
): Promise<T> {
  const { result, recorded } = await withRetries(() =>
    db.transaction().execute(async (tx) => {
      const { record, recorded } = createRecorder(tx, context)
      return { result: await work(tx, record), recorded }
    }),
  )
  report(context, recorded)
  return result
}

function report(context: AuditContext, recorded: readonly RecordedEntry[]): void {
  for (const entry of recorded) context.report(entry)
}

/** Whether this change, or another under its key, was made before. */
export async function wasExecuted(db: Db, { actor, key }: ChangeRequest): Promise<boolean> {
  const found = await db
    .selectFrom('idempotency_keys')
    .select('key')
    .where('person_id', '=', actor.id)
    .where('key', '=', key)
    .executeTakeFirst()
  return found !== undefined
}

/** Writes what was made and the events, in one statement: this is what every change ends with. */
async function recordOutcome<M extends object>(
  tx: Tx,
  actor: Actor,
  key: string,
  { result, events }: Outcome<M>,
): Promise<void> {
  const params = { result: JSON.stringify(result), personId: actor.id, key }
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
  personId: string
  key: string
}

function updateKey({ result, personId, key }: ResultParams) {
  return sql`update idempotency_keys set result = ${result} where person_id = ${personId} and key = ${key}`
}

interface Started {
  /** Of the first use of the key; null: this is it. */
  used: string | null
  result: unknown
  name: string
  role: Role | null
}

interface StartParams {
  id: string
  sessionId: string
  key: string
  fingerprint: string
  changesPeople: boolean
}

const beginChange = statement(
  (_db, params: StartParams) =>
    sql<Started>`select * from begin_change(
      ${params.id}, ${params.sessionId}, ${params.key}, ${params.fingerprint}, ${params.changesPeople})`,
)

/** Whose change it is, or what the same one made before. */
async function start<M>(
  tx: Tx,
  { actor: { id, sessionId }, key, fingerprint }: ChangeRequest,
  changesPeople: boolean,
): Promise<{ actor: Actor } | { result: M }> {
  const [started] = await beginChange(tx, { id, sessionId, key, fingerprint, changesPeople })
  if (started === undefined) throw new Error('begin_change returned nothing')
  const { used, result, name, role } = started
  if (used !== null && used !== fingerprint) throw new DeskError('idempotency.mismatch')
  if (used !== null) return { result: result as M }
  if (role === null) throw new DeskError('session.none')
  return { actor: { id, name, role, sessionId } }
}

export async function lockPeople(tx: Tx): Promise<void> {
  await sql`select lock_people(false)`.execute(tx)
}

/** Whatever these wait for, reads and the follower of the log have connections left. */
const withPermit = createSemaphore(poolSize - 3, 5_000)

/** Every transaction that someone's call writes in. */
export async function withRetries<T>(attempt: () => Promise<T>): Promise<T> {
  for (let retriesLeft = 2; ; retriesLeft -= 1) {
    try {
      return await withPermit(attempt)
    } catch (thrown) {
      if (!isRetryable(thrown)) throw thrown
      if (retriesLeft === 0) throw new DeskError('busy')
    }
  }
}
