import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { limits } from '@deskbell/contract'
import type { Position } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { createTestDatabase } from '../testing/index.ts'
import type { TestDatabase } from '../testing/index.ts'
import { appendEvents } from './append-events.ts'
import { eventsAfter } from './logged-event.ts'
import { logPosition } from './log-position.ts'
import { pruneLog } from './prune-log.ts'
import { resolveResumePoint, resumePointAt } from './resolve-resume-point.ts'
import { writeFreely } from '../testing/write-freely.ts'

let database: TestDatabase
let db: Db
beforeEach(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterEach(() => database.close())

function append(count = 1): Promise<Position> {
  const data = { settings: { theme: 'dark', autoAdvance: true, receipts: true } } as const
  const event = { name: 'person:settingsChanged', data, audience: 'people', people: [] } as const
  return db.transaction().execute((tx) =>
    appendEvents(
      tx,
      null,
      null,
      Array.from({ length: count }, () => event),
    ),
  )
}

async function age(seq: number, interval: string): Promise<void> {
  await sql`update events set at = now() - ${interval}::interval where seq <= ${seq}`.execute(db)
}

function resume(cursor: unknown) {
  return resolveResumePoint(db, { cursor })
}

function resync(reason: string) {
  return { mode: 'resync', reason }
}

test('[RS2] without a cursor the stream starts at the head', async () => {
  expect(await resolveResumePoint(db, {})).toEqual({ mode: 'live' })
  expect(await resolveResumePoint(db, { other: 1 })).toEqual({ mode: 'live' })
})

test('[RS3] any position of this log can be resumed from, also the first and the last', async () => {
  const empty = await logPosition(db)
  expect(await resume(empty)).toEqual({ mode: 'resume', cursor: empty })
  const one = await append()
  const last = await append(3)
  for (const cursor of [empty, one, last])
    expect(await resume(cursor)).toEqual({ mode: 'resume', cursor })
})

test('[LG2] [RS4] a position of another log is unknown: another tag, or beyond the head', async () => {
  const last = await append(3)
  expect(await resume({ ...last, seq: last.seq - 1 })).toEqual(resync('unknown'))
  expect(await resume({ ...last, seq: last.seq + 1 })).toEqual(resync('unknown'))
  expect(await resume({ ...last, seq: Number.MAX_SAFE_INTEGER })).toEqual(resync('unknown'))
  expect(await resume({ ...last, tag: 'x' })).toEqual(resync('unknown'))

  // As after a restored backup: the same numbers with other events.
  await sql`update events set tag = 'restored' where seq = ${last.seq}`.execute(db)
  await sql`update log set head_tag = 'restored'`.execute(db)
  expect(await resume(last)).toEqual(resync('unknown'))
})

test('[RS4] an invalid position is malformed, and never an error', async () => {
  const malformed = [
    null,
    'a',
    7,
    [],
    {},
    { seq: 1 },
    { tag: 'x' },
    { seq: '1', tag: 'x' },
    { seq: -1, tag: 'x' },
    { seq: 1.5, tag: 'x' },
    { seq: 1e300, tag: 'x' },
    { seq: 2 ** 60, tag: 'x' },
    { seq: 1, tag: 'x', more: 1 },
    { seq: 1, tag: null },
    { seq: "1'; drop table log; --", tag: 'x' },
  ]
  for (const cursor of malformed)
    expect(await resume(cursor), JSON.stringify(cursor)).toEqual(resync('malformed'))
  for (const auth of [null, 'a', 7])
    expect(await resolveResumePoint(db, auth)).toEqual(resync('malformed'))
  // Tags are text, so any text is a well-formed tag.
  for (const tag of ["'; drop table log; --", 'x'.repeat(10_000), '\u0000'])
    expect(await resume({ seq: 0, tag })).toEqual(resync('unknown'))
})

test('[RS4] more than 50,000 events behind is too far', async () => {
  const start = await logPosition(db)
  const one = await append()
  await sql`update log set head = head + 50000`.execute(db)
  expect(await resume(start)).toEqual(resync('tooFar'))
  expect(await resume(one)).toEqual({ mode: 'resume', cursor: one })
})

test('[RS4] a replay that would begin with an event older than 7 days is too old', async () => {
  const start = await logPosition(db)
  const one = await append()
  const two = await append()
  await age(two.seq, '7 days 1 minute')
  expect(await resume(start)).toEqual(resync('tooOld'))
  expect(await resume(one)).toEqual(resync('tooOld'))
  // Nothing happened since, so there is nothing old to replay.
  expect(await resume(two)).toEqual({ mode: 'resume', cursor: two })
  await age(two.seq, '6 days 23 hours')
  expect(await resume(start)).toEqual({ mode: 'resume', cursor: start })
})

test('[RS4] a pruned log can be resumed from its floor on, and not below it', async () => {
  const start = await logPosition(db)
  const one = await append()
  const floor = await append()
  await age(floor.seq, '8 days')
  const four = await append(2)

  await pruneLog(writeFreely(db))
  // The floor moved. The next run deletes the events below it, so that a replay under way still finds them.
  expect(await seqs()).toEqual([1, 2, 3, 4])
  await pruneLog(writeFreely(db))
  expect(await seqs()).toEqual([3, 4])

  for (const cursor of [start, one]) expect(await resume(cursor)).toEqual(resync('pruned'))
  for (const cursor of [floor, four])
    expect(await resume(cursor)).toEqual({ mode: 'resume', cursor })
  expect(await resume({ ...floor, tag: one.tag })).toEqual(resync('unknown'))
  expect(
    (await eventsAfter(db, floor.seq, { events: 10, bytes: 1e6 })).map(({ seq }) => seq),
  ).toEqual([3, 4])
})

test('a log that was pruned to its end continues with dense numbers', async () => {
  const last = await append(3)
  await age(last.seq, '8 days')
  await pruneLog(writeFreely(db))
  await pruneLog(writeFreely(db))
  expect(await seqs()).toEqual([])
  expect(await resume(last)).toEqual({ mode: 'resume', cursor: last })
  expect((await append()).seq).toBe(4)
  expect(await resume(last)).toEqual({ mode: 'resume', cursor: last })
})

async function seqs(): Promise<number[]> {
  const rows = await db.selectFrom('events').select('seq').orderBy('seq').execute()
  return rows.map(({ seq }) => seq)
}

test("[RS3] [RS4] a cursor is resumed exactly when its tag is the log's and all events after it are kept", () => {
  const cursor = { seq: 100, tag: 'a' }
  const [far, old] = [limits.replayEvents, limits.replayMs]
  for (const floor of [0, 100, 101]) {
    for (const tag of ['a', 'b', null]) {
      for (const head of [100, 100 + far, 101 + far]) {
        for (const nextAgeMs of [0, old, old + 1]) {
          const reason =
            (floor > 100 && 'pruned') ||
            (tag !== 'a' && 'unknown') ||
            (head > 100 + far && 'tooFar') ||
            (nextAgeMs > old && 'tooOld')
          const known = { floor, tag, head, nextAgeMs }
          const expected = reason === false ? { mode: 'resume', cursor } : resync(reason)
          expect([known, resumePointAt(cursor, known)]).toEqual([known, expected])
        }
      }
    }
  }
})
