import { sql } from 'kysely'
import type { Db, Tx } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import type { Actor } from '../people/actor.ts'
import { actorRef } from '../people/actor.ts'
import { appending } from './append-events.ts'
import type { NewEvent } from './append-events.ts'

/** A change someone asked for: by whom, under which Idempotency-Key, and a hash of what was asked. */
export interface Command {
  actor: Actor
  key: string
  fingerprint: string
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
  make: (tx: Tx, actor: Actor) => Promise<Outcome<M>>,
  options: ChangeOptions = {},
): Promise<M> {
  return withRetries(() =>
    db.transaction().execute(async (tx) => {
      const repeated = await claim<M>(tx, command, options.people === true)
      if (repeated !== undefined) return repeated
      const actor = await lockActor(tx, command.actor)

      const { made, events } = await make(tx, actor)
      await account(tx, actor, command.key, made, events)
      return made
    }),
  )
}

/** Writes what was made and the events, in one statement: this is what every change ends with. */
async function account(
  tx: Tx,
  actor: Actor,
  key: string,
  made: object,
  events: readonly NewEvent[],
): Promise<void> {
  const answered = sql`update commands set made = ${JSON.stringify(made)} where person_id = ${actor.id} and key = ${key}`
  if (events.length === 0) await answered.execute(tx)
  else {
    const append = appending(actorRef(actor), key, events)
    await sql`with answered as (${answered}) select from ${append}`.execute(tx)
  }
}

/** Two uses of one key meet here: the second waits for the first to commit, then finds what it made. */
async function claim<M>(
  tx: Tx,
  { actor, key, fingerprint }: Command,
  changesPeople: boolean,
): Promise<M | undefined> {
  const inserted = await tx
    .insertInto('commands')
    .values({ person_id: actor.id, key, fingerprint })
    .onConflict((conflict) => conflict.doNothing())
    .returning(changesPeople ? peopleLock : peopleStay)
    .executeTakeFirst()
  if (inserted !== undefined) return undefined

  const earlier = await tx
    .selectFrom('commands')
    .select(['fingerprint', 'made'])
    .where('person_id', '=', actor.id)
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  if (earlier.fingerprint !== fingerprint) throw new DeskError('idempotency.mismatch')
  return earlier.made as M
}

const peopleLock = sql`pg_advisory_xact_lock(hashtext('deskbell people'))`.as('locked')
/**
 * Events on tickets say how people are called and whether they act. Unless all of them stay as they are until it is
 * written, one could say what an event numbered before it has changed.
 */
const peopleStay = sql`pg_advisory_xact_lock_shared(hashtext('deskbell people'))`.as('locked')

export async function lockPeople(tx: Tx): Promise<void> {
  await tx.selectNoFrom(peopleLock).execute()
}

/** Shared, so that a role change or deactivation waits for what this person is doing, or this waits and is refused. */
async function lockActor(tx: Tx, actor: Actor): Promise<Actor> {
  const person = await tx
    .selectFrom('people')
    .innerJoin('sessions', 'sessions.person_id', 'people.id')
    .select(['people.id', 'people.name', 'people.role'])
    .where('people.id', '=', actor.id)
    .where('sessions.id', '=', actor.sessionId)
    .where('people.active', '=', true)
    .forShare('people')
    .executeTakeFirst()
  if (person === undefined) throw new DeskError('session.none')
  return { ...person, sessionId: actor.sessionId }
}

/** Deadlock, serialisation failure, lock not had in time: tried again twice. */
const passing = new Set(['40P01', '40001', '55P03'])

export async function withRetries<T>(attempt: () => Promise<T>): Promise<T> {
  for (let retriesLeft = 2; ; retriesLeft -= 1) {
    try {
      return await attempt()
    } catch (thrown) {
      const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
      if (!passing.has(code)) throw thrown
      if (retriesLeft === 0) throw new DeskError('busy')
    }
  }
}
