import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import type { Db } from '../database/types.ts'
import { connectDatabase } from '../database/open-database.ts'
import { createDatabaseGate } from '../testing/database-gate.ts'
import { createTestDatabase } from '../testing/index.ts'
import type { TestDatabase } from '../testing/index.ts'
import { appendEvents } from './append-events.ts'
import { followLog } from './follow-log.ts'
import type { LogFollower } from './follow-log.ts'
import { eventsAfter } from './logged-event.ts'
import type { LoggedEvent } from './logged-event.ts'
import { logPosition } from './log-position.ts'

let database: TestDatabase
let db: Db
let followers: LogFollower[] = []

beforeEach(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterEach(async () => {
  for (const follower of followers) await follower.stop()
  followers = []
  await database.close()
})

async function follow(options: Partial<Parameters<typeof followLog>[1]> = {}) {
  const seen: LoggedEvent[] = []
  const bugs: unknown[] = []
  const follower = await followLog(db, { reportBug: (bug) => bugs.push(bug), ...options })
  followers.push(follower)
  follower.onEvents((events) => void seen.push(...events))
  return { follower, seen, bugs, seqs: () => seen.map(({ seq }) => seq) }
}

const nothing = {
  name: 'person:settingsChanged',
  data: { settings: { theme: 'dark', autoAdvance: true, receipts: true } },
  audience: 'people',
  people: [],
} as const

function append(count = 1, through = db) {
  return through
    .transaction()
    .execute((tx) => appendEvents(tx, null, null, Array(count).fill(nothing) as (typeof nothing)[]))
}

test('[LG1] sixteen writers, some of whom roll back, leave dense numbers, and a follower reads exactly all of them', async () => {
  const { seqs, seen } = await follow({ pollEveryMs: 1 })
  const written = await writers(async (fail) => {
    await db.transaction().execute(async (tx) => {
      await sql`select pg_sleep(random() * 0.002)`.execute(tx)
      await appendEvents(tx, null, null, [nothing])
      await sql`select pg_sleep(random() * 0.002)`.execute(tx)
      if (fail) throw new Error('rolled back')
    })
  })

  await expect.poll(() => seen.length).toBeGreaterThanOrEqual(written)
  const expected = Array.from({ length: written }, (_, index) => index + 1)
  expect(seqs()).toEqual(expected)
  expect((await logPosition(db)).seq).toBe(written)
  const stored = await db.selectFrom('events').select('seq').orderBy('seq').execute()
  expect(stored.map(({ seq }) => seq)).toEqual(expected)
  expect(new Set(seen.map(({ tag }) => tag)).size).toBe(written)
})

test('[LG1] with numbers from a sequence instead, a reader that follows them loses events', async () => {
  await sql`create table control (id bigserial primary key)`.execute(db)
  let cursor = 0
  let seen = 0
  let over = false
  async function read(): Promise<void> {
    const { rows } = await sql<{
      id: number
    }>`select id from control where id > ${cursor} order by id`.execute(db)
    cursor = rows.at(-1)?.id ?? cursor
    seen += rows.length
  }
  const reading = (async () => {
    while (!over) await read()
  })()
  const written = await writers(async (fail) => {
    await db.transaction().execute(async (tx) => {
      await sql`insert into control default values`.execute(tx)
      await sql`select pg_sleep(random() * 0.004)`.execute(tx)
      if (fail) throw new Error('rolled back')
    })
  })
  over = true
  await reading
  await read()
  expect(seen).toBeLessThan(written)
})

/** Runs sixteen writers at once; every tenth write fails. Returns the number of successful writes. */
async function writers(write: (fail: boolean) => Promise<void>): Promise<number> {
  let written = 0
  await Promise.all(
    Array.from({ length: 16 }, async (_, writer) => {
      for (let turn = 0; turn < 25; turn += 1) {
        const fail = (turn + writer) % 10 === 0
        await write(fail).then(
          () => (written += 1),
          (error: Error) => expect(error.message).toBe('rolled back'),
        )
      }
    }),
  )
  return written
}

test('[LG3] an event is found without a notification', async () => {
  const { seen } = await follow()
  await append()
  await expect.poll(() => seen.length, { timeout: 400, interval: 5 }).toBe(1)
})

test('[LG3] a notification during a read is not forgotten', async () => {
  await using gate = await gated()
  const { follower, seqs } = await follow({ pollEveryMs: 3_600_000 })
  await append()
  follower.notify()
  await expect.poll(seqs).toEqual([1])

  gate.hold()
  follower.notify()
  await expect.poll(gate.heldBytes).toBeGreaterThan(0)
  // The follower has read the log already and found nothing.
  await append(1, database.db)
  follower.notify()
  gate.release()
  await expect.poll(seqs).toEqual([1, 2])
})

test('[LG4] a follower stops at a missing number, reports it, and passes on nothing after it', async () => {
  const { follower, bugs, seqs } = await follow({ pollEveryMs: 5, staleAfterMs: 1000 })
  const health: boolean[] = []
  follower.onHealth((current) => health.push(current))
  await append()
  await expect.poll(seqs).toEqual([1])

  await db.transaction().execute(async (tx) => {
    await appendEvents(tx, null, null, [nothing, nothing, nothing])
    await tx.deleteFrom('events').where('seq', '=', 3).execute()
  })
  await expect.poll(() => health, { timeout: 5000 }).toEqual([false])
  expect(String(bugs[0])).toContain('The log has no event 3; 4 follows')
  expect(bugs).toHaveLength(1)
  expect(Math.max(...seqs())).toBeLessThan(3)
  expect(follower.isHealthy()).toBe(false)

  const [two] = await db.selectFrom('events').selectAll().where('seq', '=', 2).execute()
  if (two === undefined) throw new Error('event 2 is there')
  const { bytes: _counted, ...rest } = two
  const repaired = { ...rest, seq: 3, data: JSON.stringify(two.data) }
  await db
    .insertInto('events')
    .values(repaired as never)
    .execute()
  await expect.poll(seqs).toEqual([1, 2, 3, 4])
  await expect.poll(() => health).toEqual([false, true])
})

test('[LG5] a follower that cannot read the log is unhealthy, and recovers', async () => {
  await using gate = await gated()
  const { follower, seqs } = await follow({ pollEveryMs: 10, staleAfterMs: 200 })
  const health: boolean[] = []
  follower.onHealth((current) => health.push(current))
  await append()
  await expect.poll(seqs).toEqual([1])

  // On a busy machine the follower may have been unhealthy before.
  await gate.shut()
  await expect.poll(() => health.at(-1)).toBe(false)
  expect(follower.isHealthy()).toBe(false)
  await gate.open()
  await expect.poll(() => health.at(-1)).toBe(true)
  expect(follower.isHealthy()).toBe(true)
  await append()
  await expect.poll(seqs).toEqual([1, 2])
})

test('[LG5] a follower that keeps failing reports it again, but not each time', async () => {
  await using gate = await gated()
  const { bugs } = await follow({ pollEveryMs: 5, reportEveryMs: 100 })
  const startedAt = performance.now()
  await gate.shut()
  await expect.poll(() => bugs.length).toBe(3)
  expect(performance.now() - startedAt).toBeGreaterThan(200)
  await gate.open()
})

/** From now on the test's `db` goes through a gate. */
async function gated() {
  const gate = await createDatabaseGate(database.listen)
  const through = connectDatabase(gate.connection, pino({ level: 'silent' }))
  db = through.db
  return {
    ...gate,
    async [Symbol.asyncDispose]() {
      await Promise.all(followers.map((follower) => follower.stop()))
      followers = []
      await through.pool.end()
      await gate.remove()
    },
  }
}

test('waitUntil resolves once the event was passed on', async () => {
  const { follower, seqs } = await follow({ pollEveryMs: 3_600_000 })
  const { seq } = await append(3)
  await follower.waitUntil(seq)
  expect(seqs()).toEqual([1, 2, 3])
  await follower.waitUntil(1)

  const beyond = follower.waitUntil(4)
  await follower.stop()
  await expect(Promise.race([beyond, wait(1_000, 'late')])).resolves.toBeUndefined()
})

test('waitUntil resolves also when a listener fails', async () => {
  const { follower, bugs } = await follow({ pollEveryMs: 3_600_000 })
  const bug = new Error('a listener that fails')
  follower.onEvents(() => {
    throw bug
  })
  const { seq } = await append()
  const reached = follower.waitUntil(seq)
  await expect(Promise.race([reached, wait(1_000, 'late')])).resolves.toBeUndefined()
  expect(bugs).toEqual([bug])
})

test('[LG6] the newest events stay in memory, without the text of removed comments', async () => {
  const { follower, seen } = await follow({ pollEveryMs: 1 })
  const ticketId = uuidv7()
  const comment = (body: string) => ({
    name: 'ticket:commentAdded' as const,
    ticketId,
    audience: 'participants' as const,
    people: [],
    data: { ticketId, comment: { id: 'c', body } } as never,
  })
  await db.transaction().execute((tx) => appendEvents(tx, null, null, [comment('a secret')]))
  await expect.poll(() => JSON.stringify(follower.recent())).toContain('a secret')
  await db
    .transaction()
    .execute((tx) =>
      appendEvents(tx, null, null, [{ ...comment(''), name: 'ticket:commentDeleted' as const }]),
    )
  await expect.poll(() => seen.length).toBe(2)
  expect(JSON.stringify(follower.recent())).not.toContain('a secret')
})

/** Appends this many edits of a text with this many characters, old and new. */
async function appendLong(changes: number, characters: number): Promise<void> {
  await sql`
    select append_events(null, null, jsonb_build_array(jsonb_build_object(
      'name', 'ticket:updated', 'audience', 'staff', 'people', '[]'::jsonb,
      'data', jsonb_build_object('old', repeat('o', ${characters}), 'new', repeat('n', ${characters})))))
    from generate_series(1, ${changes})`.execute(db)
}

const mebibyte = 1024 * 1024

test('the events in memory are limited in bytes', async () => {
  const { follower } = await follow({ pollEveryMs: 1 })
  await appendLong(70, 500_000)
  await follower.waitUntil(70)
  const recent = follower.recent()
  expect(Buffer.byteLength(JSON.stringify(recent))).toBeLessThan(64 * mebibyte)
  expect(recent.at(-1)?.seq).toBe(70)
  // The newest events, without gaps.
  expect(recent.map(({ seq }) => seq)).toEqual(
    recent.map((_event, index) => 70 - recent.length + 1 + index),
  )
  expect(recent.length).toBeGreaterThan(10)
})

test('a read of the log is limited in bytes, and a larger event is returned alone', async () => {
  await appendLong(2, 40_000)
  await appendLong(1, mebibyte)
  await appendLong(2, 20)
  const read = async (after: number) => {
    const events = await eventsAfter(db, after, { events: 3, bytes: 100_000 })
    return events.map(({ seq }) => seq)
  }
  expect(await read(0)).toEqual([1, 2])
  expect(await read(1)).toEqual([2, 3])
  expect(await read(2)).toEqual([3])
  expect(await read(3)).toEqual([4, 5])
  const { seqs } = await follow({ pollEveryMs: 1 })
  await appendLong(3, mebibyte)
  await expect.poll(seqs).toEqual([6, 7, 8])
})

test('appending no events, or more than a change ever has, is refused and moves nothing', async () => {
  await expect(append(0)).rejects.toThrow('1 to 100 events')
  await expect(append(101)).rejects.toThrow('1 to 100 events')
  expect((await logPosition(db)).seq).toBe(0)
})

test('[LG7] a follower whose last event is not in the log reports it, and continues from the head', async () => {
  const { follower, bugs, seqs } = await follow({ pollEveryMs: 5 })
  const health: boolean[] = []
  follower.onHealth((current) => health.push(current))
  await append(4)
  await expect.poll(seqs).toEqual([1, 2, 3, 4])

  // Another server took over with only the first two events, and has appended since.
  await db.transaction().execute(async (tx) => {
    await sql`delete from events where seq > 2`.execute(tx)
    await sql`update log set head = 2`.execute(tx)
    await appendEvents(tx, null, null, [nothing, nothing, nothing])
  })
  await expect.poll(() => health).toEqual([false, true])
  expect(bugs.map(String)).toEqual([
    'Error: The log does not have the event 4 that was read from it.',
  ])
  expect(follower.position()).toEqual(await logPosition(db))
  expect(follower.recent()).toEqual([])
  await append()
  await expect.poll(seqs).toEqual([1, 2, 3, 4, 6])
  expect(bugs).toHaveLength(1)
})

test('[LG7] a log that was pruned to its end counts as the same log', async () => {
  await append(3)
  const { bugs, seqs } = await follow({ pollEveryMs: 5 })
  await sql`update log set floor = head, floor_tag = head_tag`.execute(db)
  await sql`delete from events`.execute(db)
  await append()
  await expect.poll(seqs).toEqual([4])
  expect(bugs).toEqual([])
})
