import { sql } from 'kysely'
import { acquireLease } from '../database/lease.ts'
import type { Db } from '../database/types.ts'
import { closeResolved } from '../tickets/changes/close-resolved.ts'

/** Closes a resolved ticket as if nothing had happened on it for a month. */
export async function closeAged(db: Db, id: string): Promise<void> {
  await sql`update tickets set updated_at = updated_at - interval '30 days' where id = ${id}`.execute(
    db,
  )
  const lease = await acquireLease(db, `closing ${id}`, 60_000)
  if (lease === undefined) throw new Error('nobody else closes this ticket')
  await closeResolved(db, lease, id)
  await lease.release()
}
