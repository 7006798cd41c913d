import { sql } from 'kysely'
import type { Role } from '@deskbell/contract'
import type { AuditContext } from '../audit/audit-context.ts'
import { createRecorder } from '../audit/record-audit.ts'
import type { RecordAudit, RecordedEntry } from '../audit/record-audit.ts'
import { poolSize } from '../database/create-pool.ts'
import { statement } from '../database/statement.ts'
import type { Db, Tx } from '../database/types.ts'
import { DeskError, isPassing } from '../errors.ts'
import type { Actor } from '../people/actor.ts'
import { actorRef } from '../people/actor.ts'
import { appendedValues, appending } from './append-events.ts'
import type { AppendedValues, NewEvent } from './append-events.ts'
import { createTurns } from './take-turns.ts'

/** A change someone asked for: by whom, under which Idempotency-Key, a hash of what was asked, and from where. */
export interface Command {
  actor: Actor
  key: string
  fingerprint: string
  audit: AuditContext
}

/** What a change leaves behind: the ids of what it made, and its events. No events: nothing changed. */
export interface Outcome<M> {
  made: M
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
  command: Command,
  make: (tx: Tx, actor: Actor, record: RecordAudit) => Promise<Outcome<M>>,
  options: ChangeOptions = {},
): Promise<M> {
  const { made, recorded } = await withRetries(async () => {
    let written = Promise.resolve()
    try {
      return await db.transaction().execute(async (tx) => {
        const begun = await begin<M>(tx, command, options.people === true)
        if ('made' in begun) return { made: begun.made, recorded: [] }

        const context = { ...command.audit, actor: begun.actor }
        const { record, recorded } = createRecorder(tx, context)
        const outcome = await make(tx, begun.actor, record)
        // Not waited for: COMMIT follows on its heels, so that the log is locked for no longer than both take.
        written = account(tx, begun.actor, command.key, outcome)
        written.catch(() => {})
        return { made: outcome.made, recorded }
      })
    } catch (thrown) {
      // COMMIT only says that something before it failed; this says what.
      await written
      throw thrown
    }
  })
  report(command.audit, recorded)
  return made
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
export async function wasMade(db: Db, { actor, key }: Command): Promise<boolean> {
  const found = await db
    .selectFrom('commands')
    .select('key')
    .where('person_id', '=', actor.id)
    .where('key', '=', key)
    .executeTakeFirst()
  return found !== undefined
}

/** Writes what was made and the events, in one statement: this is what every change ends with. */
async function account<M extends object>(
  tx: Tx,
  actor: Actor,
  key: string,
  { made, events }: Outcome<M>,
): Promise<void> {
  const answer = { made: JSON.stringify(made), personId: actor.id, key }
  if (events.length === 0) await answered(tx, answer)
  else await answeredAndAppended(tx, { ...answer, ...appendedValues(actorRef(actor), key, events) })
}

const answered = statement((_db, given: Answer) => answering(given))

const answeredAndAppended = statement(
  (_db, given: Answer & AppendedValues) =>
    sql`with answered as (${answering(given)}) select from ${appending(given)}`,
)

interface Answer {
  made: string
  personId: string
  key: string
}

function answering({ made, personId, key }: Answer) {
  return sql`update commands set made = ${made} where person_id = ${personId} and key = ${key}`
}

interface Begun {
  asked: string | null
  made: unknown
  name: string
  role: Role | null
}

interface Beginning {
  id: string
  sessionId: string
  key: string
  fingerprint: string
  changesPeople: boolean
}

const beginChange = statement(
  (_db, given: Beginning) =>
    sql<Begun>`select * from begin_change(
      ${given.id}, ${given.sessionId}, ${given.key}, ${given.fingerprint}, ${given.changesPeople})`,
)

/** Whose change it is, or what the same one made before. */
async function begin<M>(
  tx: Tx,
  { actor: { id, sessionId }, key, fingerprint }: Command,
  changesPeople: boolean,
): Promise<{ actor: Actor } | { made: M }> {
  const [begun] = await beginChange(tx, { id, sessionId, key, fingerprint, changesPeople })
  if (begun === undefined) throw new Error('begin_change returned nothing')
  const { asked, made, name, role } = begun
  if (asked !== null && asked !== fingerprint) throw new DeskError('idempotency.mismatch')
  if (asked !== null) return { made: made as M }
  if (role === null) throw new DeskError('session.none')
  return { actor: { id, name, role, sessionId } }
}

export async function lockPeople(tx: Tx): Promise<void> {
  await sql`select lock_people(false)`.execute(tx)
}

/** Whatever these wait for, reads and the follower of the log have connections left. */
const inTurn = createTurns(poolSize - 3, 5_000)

/** Every transaction that someone's call writes in. */
export async function withRetries<T>(attempt: () => Promise<T>): Promise<T> {
  for (let retriesLeft = 2; ; retriesLeft -= 1) {
    try {
      return await inTurn(attempt)
    } catch (thrown) {
      if (!isPassing(thrown)) throw thrown
      if (retriesLeft === 0) throw new DeskError('busy')
    }
  }
}
