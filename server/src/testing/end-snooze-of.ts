import { acquireLease } from '../database/lease.ts'
import type { Db } from '../database/types.ts'
import { endDueSnoozes } from '../notifications/end-due-snoozes.ts'

/** Lets the system end a person's snooze of a ticket, as if its time had come. */
export async function endSnoozeOf(db: Db, personId: string, ticketId: string): Promise<void> {
  const due = await db
    .updateTable('notifications')
    .set({ snoozed_until: new Date(Date.now() - 1000) })
    .where('person_id', '=', personId)
    .where('ticket_id', '=', ticketId)
    .executeTakeFirst()
  if (due.numUpdatedRows !== 1n) throw new Error('there is nothing to snooze')
  const lease = await acquireLease(db, `snoozing ${personId}`, 60_000)
  if (lease === undefined) throw new Error('another test holds the lease')
  await endDueSnoozes(db, lease, (bug) => {
    throw bug
  })
  await lease.release()
}
