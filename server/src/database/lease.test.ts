import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { serverContext } from '../audit/audit-context.ts'
import { change } from '../log/change.ts'
import { createTestDatabase } from '../testing/index.ts'
import type { TestDatabase } from '../testing/index.ts'
import { lockWaiters } from '../testing/lock-waiters.ts'
import { acquireLease, LeaseLostError } from './lease.ts'
import type { Lease } from './lease.ts'
import type { Db, Tx } from './types.ts'
import { workAlone } from './work-alone.ts'

let database: TestDatabase
let db: Db
let workers: ReturnType<typeof workAlone>[] = []
beforeEach(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  workers = []
  await database.close()
})

const minuteMs = 60_000

async function acquired(): Promise<Lease> {
  const lease = await acquireLease(db, 'test', minuteMs)
  if (lease === undefined) throw new Error('the lease is free')
  return lease
}

/** As if the holder had been paused, or killed, for a long time. */
async function expire(): Promise<void> {
  await db
    .updateTable('leases')
    .set({ expires_at: new Date(0) })
    .execute()
}

async function leave(tx: Tx, name: string): Promise<void> {
  const values = { name, holder: '', token: randomUUID(), expires_at: new Date(0) }
  await tx.insertInto('leases').values(values).execute()
}

async function traces(): Promise<string[]> {
  const rows = await db.selectFrom('leases').select('name').where('holder', '=', '').execute()
  return rows.map(({ name }) => name)
}

/** A transaction of the holder that goes on until `end` is called. */
async function startWrite(holder: Lease) {
  const [isWriting, { promise, resolve: end }] = [
    Promise.withResolvers<void>(),
    Promise.withResolvers<void>(),
  ]
  const write = holder.write(async (tx) => {
    await leave(tx, 'in time')
    isWriting.resolve()
    await promise
  })
  await isWriting.promise
  return { write, end }
}

/** A node that works at each beat. Its lease lasts longer than a busy machine lets it wait for the next one. */
function startNode(name: string, done: string[]) {
  const work = () => Promise.resolve(void done.push(name))
  const reportBug = (bug: unknown) => expect.unreachable(String(bug))
  const worker = workAlone(db, { name: 'test', everyMs: 0, work, reportBug, beatMs: 300 })
  workers.push(worker)
  return worker
}

test('a lease has one holder until it expires, and renewing extends it', async () => {
  const first = await acquired()
  expect(await acquireLease(db, 'test', minuteMs)).toBe(undefined)
  expect(await acquireLease(db, 'other', minuteMs)).toBeDefined()

  await expire()
  expect(await first.renew()).toBe(true)
  expect(await acquireLease(db, 'test', minuteMs)).toBe(undefined)

  await expire()
  await acquired()
  expect(await first.renew()).toBe(false)
})

test('a holder that was paused writes nothing after another took over', async () => {
  const paused = await acquired()
  await expire()
  const next = await acquired()

  await expect(paused.write((tx) => leave(tx, 'late'))).rejects.toThrow(LeaseLostError)
  await next.write((tx) => leave(tx, 'in time'))
  expect(await traces()).toEqual(['in time'])
  // It does not end the lease of the other either.
  await paused.release()
  expect(await acquireLease(db, 'test', minuteMs)).toBe(undefined)
})

test('a change under a lost lease is not made, and leaves no key', async () => {
  const paused = await acquired()
  await expire()
  await acquired()
  const actor = { kind: 'system', name: 'closing' } as const
  const request = { actor, key: randomUUID(), fingerprint: '', audit: serverContext }
  const made = change(
    db,
    request,
    async (tx) => {
      await leave(tx, 'late')
      return { result: {}, events: [] }
    },
    { lease: paused },
  )
  await expect(made).rejects.toThrow(LeaseLostError)
  expect(await traces()).toEqual([])
  expect(await db.selectFrom('idempotency_keys').selectAll().execute()).toEqual([])
})

test('another node takes over only after the writes under way, and waits for none', async () => {
  const holder = await acquired()
  const { write, end } = await startWrite(holder)
  expect(await acquireLease(db, 'test', minuteMs)).toBe(undefined)
  await expire()
  expect(await acquireLease(db, 'test', minuteMs)).toBe(undefined)

  end()
  await write
  await acquired()
  expect(await traces()).toEqual(['in time'])
})

test('a holder renews its lease during a write of its own', async () => {
  const holder = await acquired()
  const { write, end } = await startWrite(holder)
  await expire()
  expect(await holder.renew()).toBe(true)
  end()
  await write
  expect(await acquireLease(db, 'test', minuteMs)).toBe(undefined)
})

test('a holder of a history that a failover or a restored backup ended writes nothing', async () => {
  await (await acquired()).release()
  const backup = await db.selectFrom('leases').selectAll().executeTakeFirstOrThrow()
  const first = await acquired()
  await db.updateTable('leases').set(backup).execute()
  const second = await acquired()

  await expect(first.write((tx) => leave(tx, 'late'))).rejects.toThrow(LeaseLostError)
  expect(await first.renew()).toBe(false)
  await second.write((tx) => leave(tx, 'in time'))
  expect(await traces()).toEqual(['in time'])
})

test('of two nodes one works, and the other takes over when it stops', async () => {
  const done: string[] = []
  const one = startNode('one', done)
  await expect.poll(() => done).toContain('one')
  startNode('two', done)
  const before = done.length
  await expect.poll(() => done.length).toBeGreaterThan(before + 3)
  expect(done).not.toContain('two')

  await one.stop()
  const stopped = done.length
  await expect.poll(() => done.length).toBeGreaterThan(stopped + 1)
  expect(new Set(done.slice(stopped))).toEqual(new Set(['two']))
})

test('a node that was killed is replaced after its lease has expired', async () => {
  // It holds the lease, and does not renew it.
  await acquired()
  const done: string[] = []
  startNode('two', done)
  expect(done).toEqual([])
  await expire()
  await expect.poll(() => done).toContain('two')
})

test('a release waits for the writes under way, and ends the right to write', async () => {
  const lease = await acquired()
  const { write, end } = await startWrite(lease)
  const releasing = lease.release()
  await expect.poll(() => lockWaiters(db)).toBe(1)
  end()
  await Promise.all([write, releasing])
  await expect(lease.write((tx) => leave(tx, 'late'))).rejects.toThrow(LeaseLostError)
  await acquired()
  expect(await traces()).toEqual(['in time'])
})

test('a release that waits too long for a write leaves the lease to expire', async () => {
  const lease = await acquired()
  const { write, end } = await startWrite(lease)
  await lease.release()
  end()
  await write
  expect(await acquireLease(db, 'test', minuteMs)).toBe(undefined)
  expect(await lease.renew()).toBe(true)
})
