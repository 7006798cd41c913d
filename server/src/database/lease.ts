import { hostname } from 'node:os'
import { sql } from 'kysely'
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
  /** Ends the lease, after the transactions under way: other nodes may take it at once, and this one writes no more. */
  release(): Promise<void>
}

/** Another node does the work now. */
export class LeaseLostError extends Error {
  constructor(name: string) {
    super(`Another node holds the lease of ${name}.`)
    this.name = 'LeaseLostError'
  }
}

/** Undefined: another node holds the lease. */
export async function acquireLease(db: Db, name: string, ms: number): Promise<Lease | undefined> {
  const holder = `${hostname()} ${process.pid}`
  // A row lock makes this wait for transactions of a holder whose lease has expired.
  const taken = await db
    .insertInto('leases')
    .values({ name, holder, number: 1, expires_at: later(ms) })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ holder, number: sql`leases.number + 1`, expires_at: later(ms) })
        .where('leases.expires_at', '<=', now),
    )
    .returning('number')
    .executeTakeFirst()
  return taken && heldLease(db, name, taken.number, ms)
}

/** Every holder has a higher number than those before it, so a paused node cannot take itself for the holder. */
function heldLease(db: Db, name: string, number: number, ms: number): Lease {
  async function lock(tx: Tx): Promise<void> {
    const held = await tx
      .selectFrom('leases')
      .select('number')
      .where('name', '=', name)
      .where('number', '=', number)
      .forShare()
      .executeTakeFirst()
    if (held === undefined) throw new LeaseLostError(name)
  }

  async function extend(values: object): Promise<boolean> {
    const held = await db
      .updateTable('leases')
      .set(values)
      .where('name', '=', name)
      .where('number', '=', number)
      .returning('number')
      .executeTakeFirst()
    return held !== undefined
  }

  return {
    lock,
    write: (work) =>
      db.transaction().execute(async (tx) => {
        await lock(tx)
        return work(tx)
      }),
    renew: () => extend({ expires_at: later(ms) }),
    async release() {
      await extend({ expires_at: now, number: number + 1 })
    },
  }
}
