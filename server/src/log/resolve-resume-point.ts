import { sql } from 'kysely'
import { limits } from '@deskbell/contract'
import type { Position, SyncReady } from '@deskbell/contract'
import { HandshakeAuth } from '@deskbell/contract/schemas'
import type { Db } from '../database/types.ts'

export type ResumePoint =
  | { mode: 'live' }
  | { mode: 'resume'; cursor: Position }
  | { mode: 'resync'; reason: NonNullable<SyncReady['reason']> }

/** Decides where a socket continues. A cursor that this log has never had leads to a resync. */
export async function resolveResumePoint(db: Db, auth: unknown): Promise<ResumePoint> {
  const parsed = HandshakeAuth.safeParse(auth)
  if (!parsed.success) return { mode: 'resync', reason: 'malformed' }
  const { cursor } = parsed.data
  if (cursor === undefined) return { mode: 'live' }

  const known = await db
    .selectFrom('log')
    .leftJoin('events as e', (join) => join.on('e.seq', '=', cursor.seq))
    .leftJoin('events as next', (join) => join.on('next.seq', '=', cursor.seq + 1))
    .select([
      'log.head',
      'log.floor',
      sql<
        string | null
      >`case when log.floor = ${cursor.seq}::bigint then log.floor_tag else e.tag end`.as('tag'),
      sql<number | null>`extract(epoch from now() - next.at) * 1000`.as('nextAgeMs'),
    ])
    .executeTakeFirstOrThrow()
  return resumePointAt(cursor, { ...known, nextAgeMs: Number(known.nextAgeMs ?? 0) })
}

/** What the log knows about a cursor. */
interface Known {
  head: number
  floor: number
  /** The tag that the log has at the cursor's number. */
  tag: string | null
  /** The age of the first event after the cursor; 0 if there is none. */
  nextAgeMs: number
}

export function resumePointAt(cursor: Position, known: Known): ResumePoint {
  if (cursor.seq < known.floor) return { mode: 'resync', reason: 'pruned' }
  if (known.tag !== cursor.tag) return { mode: 'resync', reason: 'unknown' }
  if (known.head - cursor.seq > limits.replayEvents) return { mode: 'resync', reason: 'tooFar' }
  if (known.nextAgeMs > limits.replayMs) return { mode: 'resync', reason: 'tooOld' }
  return { mode: 'resume', cursor }
}
