import { sql } from 'kysely'
import type { Position } from '@deskbell/contract'
import type { Write } from '../database/lease.ts'
import { now } from '../database/now.ts'
import type { Db, Tx } from '../database/types.ts'
import { recordFailure } from './failures.ts'

/** How far a consumer has taken events in. A new one begins at the head: what happened before it is no news. */
export async function openCursor(db: Db, write: Write, name: string): Promise<Position> {
  const known = await db
    .selectFrom('consumers')
    .select(['seq', 'tag', sql<boolean>`ran_at < ${now} - interval '1 hour'`.as('isIdle')])
    .where('name', '=', name)
    .executeTakeFirst()
  if (known === undefined) return write((tx) => addCursor(tx, name))
  const { isIdle, ...position } = known
  if (isIdle) await write((tx) => moveCursor(tx, name, position))
  return position
}

async function addCursor(tx: Tx, name: string): Promise<Position> {
  const { rows } = await sql<Position>`
    insert into consumers (name, seq, tag) select ${name}, head, head_tag from log returning seq, tag`.execute(
    tx,
  )
  const [position] = rows
  if (position === undefined) throw new Error('the log has one row')
  return position
}

export async function moveCursor(tx: Tx, name: string, { seq, tag }: Position): Promise<void> {
  await tx
    .updateTable('consumers')
    .set({ seq, tag, ran_at: now })
    .where('name', '=', name)
    .execute()
}

/**
 * Moves a cursor that the log no longer has: to the first event that is left of those it did not take in, or to the head
 * of another log. Records the events that the consumer misses by it.
 */
export async function skipLost(tx: Tx, name: string, from: Position): Promise<Skipped> {
  const log = await tx
    .selectFrom('log')
    .select(['head', 'head_tag', 'floor', 'floor_tag'])
    .executeTakeFirstOrThrow()
  const isPruned = from.seq < log.floor
  const to = isPruned
    ? { seq: log.floor, tag: log.floor_tag }
    : { seq: log.head, tag: log.head_tag }
  await moveCursor(tx, name, to)
  const skipped = Math.max(0, to.seq - from.seq)
  await tx
    .updateTable('consumers')
    .set({ skipped: sql`skipped + ${skipped}` })
    .where('name', '=', name)
    .execute()
  const reason = isPruned
    ? 'The log lost these events before they were taken in.'
    : 'The log is not the one that the cursor is of: someone restored it.'
  const details = { after: from.seq, upTo: to.seq }
  await recordFailure(tx, name, { reason, details })
  return { reason, ...details }
}

interface Skipped {
  reason: string
  after: number
  upTo: number
}
