import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import pg from 'pg'
import { later, now } from './now.ts'
import type { Db, Tx } from './types.ts'

/** Runs one transaction. */
export type Write = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>

/** The right of one node to do something alone, until it expires by the database's clock. */
export interface Lease {
  /**
   * Runs a transaction of the holder. Throws `LeaseLostError`, and writes nothing, once another node holds the lease.
   */
  write: Write
  /**
   * Keeps other nodes from taking the lease over until the transaction ends. Throws `LeaseLostError`. This is the first
   * lock of a transaction.
   */
  lock(tx: Tx): Promise<void>
  /** Extends the lease. False: another node holds it. */
  renew(): Promise<boolean>
  /**
   * Ends the lease, after the transactions under way: other nodes may take it at once, and this one writes no more. If
   * one takes longer than a statement waits for a lock, the lease expires by itself instead.
   */
  release(): Promise<void>
}

/** Another node does the work now. */
export class LeaseLostError extends Error {
  constructor(name: string) {
    super(`Another node holds the lease of ${name}.`)
    this.name = 'LeaseLostError'
  }
}

/** Undefined: another node holds the lease, or its last holder still writes. */
export async function acquireLease(db: Db, name: string, ms: number): Promise<Lease | undefined> {
  const token = randomUUID()
  const values = { token, holder: `${hostname()} ${process.pid}`, expires_at: later(ms) }
  const expired = db
    .selectFrom('leases')
    .select('name')
    .where('name', '=', name)
    .where('expires_at', '<=', now)
    .forUpdate()
    .skipLocked()
  // Neither statement waits for a transaction of the holder.
  const taken =
    (await db
      .updateTable('leases')
      .set(values)
      .where('name', '=', expired)
      .returning('token')
      .executeTakeFirst()) ??
    (await db
      .insertInto('leases')
      .values({ name, ...values })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .returning('token')
      .executeTakeFirst())
  return taken && heldLease(db, name, token, ms)
}

/**
 * Every holder has a token of its own, so a paused node cannot take itself for the holder. A counter would not do: after
 * a failover or a restored backup it would give the same number again.
 */
function heldLease(db: Db, name: string, token: string, ms: number): Lease {
  // A key share lets the holder renew, which leaves the key as it is, and no other node take the row for update.
  async function lock(tx: Tx): Promise<void> {
    const held = await own(tx).forKeyShare().executeTakeFirst()
    if (held === undefined) throw new LeaseLostError(name)
  }

  function own(tx: Db | Tx) {
    return tx
      .selectFrom('leases')
      .select('name')
      .where('name', '=', name)
      .where('token', '=', token)
  }

  return {
    lock,
    write: (work) =>
      db.transaction().execute(async (tx) => {
        await lock(tx)
        return work(tx)
      }),
    async renew() {
      const held = await db
        .updateTable('leases')
        .set({ expires_at: later(ms) })
        .where('name', '=', name)
        .where('token', '=', token)
        .returning('name')
        .executeTakeFirst()
      return held !== undefined
    },
    async release() {
      try {
        await db
          .updateTable('leases')
          .set({ token: randomUUID(), expires_at: now })
          .where('name', '=', own(db).forUpdate())
          .execute()
      } catch (thrown) {
        if (!isLockTimeout(thrown)) throw thrown
      }
    },
  }
}

function isLockTimeout(thrown: unknown): boolean {
  return thrown instanceof pg.DatabaseError && thrown.code === '55P03'
}
