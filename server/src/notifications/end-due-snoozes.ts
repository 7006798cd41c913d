import { sql } from 'kysely'
import { LeaseLostError } from '../database/lease.ts'
import type { Lease } from '../database/lease.ts'
import type { Db } from '../database/types.ts'
import { endSnooze } from './end-snooze.ts'

/** Each run ends so many: the desk goes on with its other changes between them. */
const endedPerRun = 200

/** Ends the snoozes whose time has come, the longest due first. One that fails does not stop the others. */
export async function endDueSnoozes(
  db: Db,
  lease: Lease,
  reportBug: (bug: unknown) => void,
): Promise<void> {
  const due = await db
    .selectFrom('notifications')
    .select(['person_id as personId', 'ticket_id as ticketId'])
    .where('snoozed_until', '<=', sql<string>`clock_timestamp()`)
    .orderBy('snoozed_until')
    .limit(endedPerRun)
    .execute()
  for (const key of due) {
    await endSnooze(db, lease, key).catch((thrown: unknown) => {
      if (thrown instanceof LeaseLostError) throw thrown
      reportBug(thrown)
    })
  }
}
