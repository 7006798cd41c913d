import { sql } from 'kysely'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { appendEvents } from '../log/append-events.ts'
import type { LoggedEvent } from '../log/logged-event.ts'
import { logPosition } from '../log/log-position.ts'
import { pruneLog } from '../log/prune-log.ts'
import { createMetrics } from '../metrics.ts'
import { createTestDatabase } from '../testing/index.ts'
import type { TestDatabase } from '../testing/index.ts'
import { becomeDue, consumerSteps } from '../testing/consumer-steps.ts'
import { writeFreely } from '../testing/write-freely.ts'
import type { Db } from '../database/types.ts'
import { consumerLimits } from './consumer.ts'
import type { Consumer, Delivered, Delivery } from './consumer.ts'
import { consumerStates } from './consumer-states.ts'
import { runConsumer } from './run-consumer.ts'
import { sweepConsumers } from './sweep-consumers.ts'

let database: TestDatabase
let db: Db
let stops: (() => Promise<void>)[] = []
beforeEach(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()))
  stops = []
  await database.close()
})

const log = pino({ level: 'silent' })
const soon = { interval: 10, timeout: 15_000 }

const nothing = {
  name: 'person:settingsChanged',
  data: { settings: { theme: 'dark', autoAdvance: true, receipts: true } },
  audience: 'people',
  people: [],
} as const

async function append(count = 1): Promise<number> {
  // A change has at most 100 events.
  if (count > 100) await append(count - 100)
  const events = Array(Math.min(count, 100)).fill(nothing) as (typeof nothing)[]
  return (await db.transaction().execute((tx) => appendEvents(tx, null, null, events))).seq
}

/** A consumer that delivers each event by itself, or as `keyOf` says, and remembers what it did. */
function createConsumer({
  name = 'post',
  keyOf = (event: LoggedEvent) => String(event.seq),
  take = () => Promise.resolve(),
  outcomeOf = () => ({ kind: 'done' }),
}: {
  name?: string
  keyOf?: (event: LoggedEvent) => string
  take?: (events: readonly LoggedEvent[]) => Promise<void>
  outcomeOf?: (delivery: Delivery) => Delivered | Promise<Delivered>
} = {}) {
  const taken: number[] = []
  const delivered: Delivery[] = []
  const consumer: Consumer = {
    name,
    async take(_tx, events) {
      await take(events)
      taken.push(...events.map(({ seq }) => seq))
      return events.map((event) => ({
        key: keyOf(event),
        item: { seq: event.seq },
        dueInMs: 0,
      }))
    },
    async deliver(delivery) {
      delivered.push(delivery)
      return outcomeOf(delivery)
    },
  }
  return { consumer, taken, delivered, seqs: () => delivered.flatMap(seqsOf) }
}

function seqsOf({ items }: Pick<Delivery, 'items'>): number[] {
  return (items as readonly { seq: number }[]).map(({ seq }) => seq)
}

function startNode(consumer: Consumer) {
  const reportBug = (bug: unknown) => expect.unreachable(String(bug))
  const node = runConsumer(db, consumer, { log, reportBug, beatMs: 300 })
  stops.push(node.stop)
  return node
}

function cursor() {
  return db.selectFrom('consumers').selectAll().executeTakeFirst()
}

async function age(table: 'deliveries' | 'events' | 'consumers', column: string, ms: number) {
  await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${sql.ref(column)} - ${ms} * interval '1 millisecond'`.execute(
    db,
  )
}

function failures() {
  return db.selectFrom('consumer_failures').select(['reason', 'details']).orderBy('id').execute()
}

test('of two nodes one takes in every event once and in order, and the other goes on where it stopped', async () => {
  const [first, second] = [createConsumer(), createConsumer()]
  const node = startNode(first.consumer)
  await expect.poll(cursor, soon).toBeDefined()
  startNode(second.consumer)
  const last = await append(450)
  await expect.poll(() => first.seqs().length, soon).toBe(450)
  expect(first.taken).toEqual(Array.from({ length: 450 }, (_none, index) => index + 1))
  await node.stop()
  const next = await append(3)
  await expect.poll(() => second.seqs().length, soon).toBe(3)
  expect(second.taken).toEqual([last + 1, last + 2, next])
  const waiting = () => db.selectFrom('deliveries').select('id').execute()
  await expect.poll(waiting, soon).toEqual([])
})

test('a consumer that hangs in the transaction of its cursor keeps back no change', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const { consumer, taken } = createConsumer({ take: () => promise })
  startNode(consumer)
  await expect.poll(cursor, soon).toBeDefined()
  await append()
  const isTaking = () =>
    sql`select from pg_stat_activity where state = 'idle in transaction'`.execute(db)
  await expect.poll(async () => (await isTaking()).rows.length, soon).toBe(1)
  expect(await append(5)).toBe(6)
  resolve()
  await expect.poll(() => taken, soon).toEqual([1, 2, 3, 4, 5, 6])
})

test('items with one key are one delivery until its first attempt', async () => {
  const outcomes: Delivered[] = [{ kind: 'retry', reason: 'try later' }]
  const outcomeOf = () => outcomes.shift() ?? ({ kind: 'done' } as const)
  const { consumer, delivered } = createConsumer({ keyOf: () => 'one', outcomeOf })
  const { takeIn, deliverDue, bugs } = await consumerSteps(db, consumer)
  await append(2)
  await takeIn()
  await append()
  await takeIn()
  await deliverDue()
  expect(delivered.map(seqsOf)).toEqual([[1, 2, 3]])
  await append()
  await takeIn()
  await deliverDue()
  await becomeDue(db)
  await deliverDue()
  expect(delivered.map(seqsOf)).toEqual([[1, 2, 3], [4], [1, 2, 3]])
  // The attempts are of one delivery.
  expect(delivered[2]?.id).toBe(delivered[0]?.id)

  // Statements that run often are planned once for all values.
  for (let batch = 0; batch < 10; batch += 1) {
    await append(consumerLimits.items / 5)
    await takeIn()
  }
  expect(bugs).toEqual([])
  await deliverDue()
  expect(delivered.at(-1)?.items).toHaveLength(consumerLimits.items)
})

test('a delivery that is not accepted waits twice as long each time, and fails at its end', async () => {
  const outcomeOf = () => ({ kind: 'retry', reason: '451 Greylisted,\r\ncome back' }) as const
  const { consumer, delivered } = createConsumer({ outcomeOf })
  const { takeIn, deliverDue } = await consumerSteps(db, consumer)
  await append()
  await takeIn()
  const waits: number[] = []
  for (let attempt = 0; attempt < 9; attempt += 1) {
    await becomeDue(db)
    await deliverDue()
    const { rows } = await sql<{ minutes: number; problem: string }>`
      select round(extract(epoch from due_at - now()) / 60)::float as minutes, problem from deliveries`.execute(
      db,
    )
    expect(rows[0]?.problem).toBe('451 Greylisted, come back')
    waits.push(rows[0]?.minutes ?? 0)
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60])
  await deliverDue()
  expect(delivered).toHaveLength(9)

  await age('deliveries', 'created_at', consumerLimits.giveUpMs)
  await becomeDue(db)
  await deliverDue()
  expect(await failures()).toMatchObject([
    { reason: '451 Greylisted, come back', details: { key: '1', items: [{ seq: 1 }] } },
  ])
  expect(await consumerStates(db)).toMatchObject([{ name: 'post', waiting: 0, failed: 1 }])
})

test('what is refused has failed at once, and what throws is tried again and reported', async () => {
  const { consumer } = createConsumer({
    outcomeOf({ items }) {
      if (seqsOf({ items })[0] === 1) return { kind: 'refused', reason: '550 No such person' }
      throw new Error('a bug')
    },
  })
  const { takeIn, deliverDue, bugs } = await consumerSteps(db, consumer)
  await append(2)
  await takeIn()
  await deliverDue()
  expect(await failures()).toMatchObject([{ reason: '550 No such person' }])
  expect(bugs).toMatchObject([{ message: 'a bug' }])
  expect(await db.selectFrom('deliveries').select('problem').execute()).toEqual([
    { problem: 'a bug' },
  ])
})

test('while the receiver is away nothing else is tried, and nothing is lost', async () => {
  let isAway = true
  const outcomeOf = () =>
    isAway ? ({ kind: 'away', reason: 'refused to connect' } as const) : ({ kind: 'done' } as const)
  const { consumer, delivered, seqs } = createConsumer({ outcomeOf })
  const { takeIn, deliverDue, lines } = await consumerSteps(db, consumer)
  const last = await append(20)
  await takeIn()
  await deliverDue()
  expect(delivered.length).toBeLessThanOrEqual(3)
  await becomeDue(db)
  expect(await deliverDue()).toBe(false)
  expect(delivered.length).toBeLessThanOrEqual(3)
  expect(await consumerStates(db)).toMatchObject([{ waiting: last, failed: 0 }])

  isAway = false
  delivered.length = 0
  // Another node, or this one later.
  const next = await consumerSteps(db, consumer)
  await next.deliverAll()
  expect(seqs().toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: last }, (_none, index) => index + 1),
  )
  expect(lines).toMatchObject([{ consumer: 'post', reason: 'refused to connect' }])
})

test('a node that loses its lease while it delivers leaves the delivery to the next', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const slow = createConsumer({ outcomeOf: () => promise.then(() => ({ kind: 'done' })) })
  const next = createConsumer()
  startNode(slow.consumer)
  await expect.poll(cursor, soon).toBeDefined()
  await append()
  await expect.poll(() => slow.delivered.length, soon).toBe(1)
  // As if the node had been paused for long: another one takes over.
  await sql`update leases set expires_at = now() - interval '1 minute', token = gen_random_uuid()`.execute(
    db,
  )
  startNode(next.consumer)
  resolve()
  await becomeDue(db)
  await expect
    .poll(async () => {
      await becomeDue(db)
      return [...slow.delivered.slice(1), ...next.delivered].map(({ id }) => id)
    }, soon)
    .toEqual([slow.delivered[0]?.id])
})

test('an event at which the consumer throws again and again is recorded, and the others are taken in', async () => {
  const { consumer, taken } = createConsumer({
    take(events) {
      const isBad = events.some(({ seq }) => seq === 3)
      return isBad ? Promise.reject(new Error('three is bad')) : Promise.resolve()
    },
  })
  const { takeIn, bugs } = await consumerSteps(db, consumer)
  await append(5)
  await takeIn()
  expect(taken).toEqual([1, 2])
  await takeIn()
  await takeIn()
  expect(taken).toEqual([1, 2, 4, 5])
  expect(bugs).toMatchObject([{ message: 'three is bad' }])
  expect(await failures()).toEqual([{ reason: 'three is bad', details: { event: 3 } }])
})

test('the log keeps what a consumer has not taken in, up to a limit, and then the consumer says what it missed', async () => {
  const { consumer, taken } = createConsumer()
  const { takeIn, lines } = await consumerSteps(db, consumer)
  const last = await append(10)
  const write = writeFreely(db)
  const dayMs = 24 * 3_600_000
  const left = async () => {
    // A run moves the floor, and the next one deletes.
    await pruneLog(write)
    await pruneLog(write)
    return (await db.selectFrom('events').select('seq').execute()).length
  }

  await age('events', 'at', 8 * dayMs)
  await append(2)
  expect(await left()).toBe(12)
  await age('events', 'at', 7 * dayMs)
  await append(1)
  expect(await left()).toBe(3)
  await takeIn()
  expect(taken).toEqual([last + 1, last + 2, last + 3])
  const missed = { after: 0, upTo: last }
  expect(await failures()).toMatchObject([{ details: missed }])
  expect(lines).toMatchObject([{ consumer: 'post', ...missed }])

  const { registry, watchConsumers } = createMetrics()
  watchConsumers(() => consumerStates(db))
  const text = await registry.metrics()
  expect(text).toContain(`deskbell_consumer_skipped_events{consumer="post"} ${last}`)
  expect(text).toContain('deskbell_consumer_lag_events{consumer="post"} 0')
  expect(text).toContain('deskbell_consumer_waiting{consumer="post"} 3')
})

test('[LG7] a cursor of another log continues from the head', async () => {
  const { consumer, taken } = createConsumer()
  const { takeIn } = await consumerSteps(db, consumer)
  await append(5)
  await takeIn()
  await sql`update events set tag = 'other'`.execute(db)
  await append(2)
  await takeIn()
  expect(await cursor()).toMatchObject(await logPosition(db))
  expect(await failures()).toMatchObject([{ details: { after: 5, upTo: 7 } }])
  await append()
  await takeIn()
  expect(taken).toEqual([1, 2, 3, 4, 5, 8])
})

test('failures are bounded in number and age, and a consumer that no node runs is forgotten', async () => {
  const { consumer } = createConsumer()
  await consumerSteps(db, consumer)
  await sql`insert into consumer_failures (consumer, reason, details, at)
    select 'post', n::text, '{}', now() - case when n < 10 then interval '31 days' else interval '0' end
    from generate_series(1, ${consumerLimits.failures + 5}::integer) n`.execute(db)
  const write = writeFreely(db)
  await write(sweepConsumers)
  const kept = (await failures()).map(({ reason }) => Number(reason))
  expect([kept[0], kept.length]).toEqual([10, consumerLimits.failures - 4])

  await age('consumers', 'ran_at', 13 * 24 * 3_600_000)
  await write(sweepConsumers)
  expect(await cursor()).toBeDefined()
  await consumerSteps(db, consumer)
  await age('consumers', 'ran_at', 2 * 24 * 3_600_000)
  await write(sweepConsumers)
  expect(await cursor()).toBeDefined()
  await age('consumers', 'ran_at', 13 * 24 * 3_600_000)
  await write(sweepConsumers)
  expect([await cursor(), await failures()]).toEqual([undefined, []])
})
