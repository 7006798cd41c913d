import { sql } from 'kysely'
import { limits } from '@deskbell/contract'
import { LeaseLostError } from '../database/lease.ts'
import type { Lease } from '../database/lease.ts'
import type { Db } from '../database/types.ts'
import { deskSettingsIn } from '../settings/desk-settings.ts'
import { closeResolved } from './changes/close-resolved.ts'

/** Closes the tickets that are due, as many as the minute still allows. One that fails does not stop the others. */
export async function closeDueTickets(
  db: Db,
  lease: Lease,
  reportBug: (bug: unknown) => void,
): Promise<void> {
  for (const id of await dueTickets(db)) {
    await closeResolved(db, lease, id).catch((thrown: unknown) => {
      if (thrown instanceof LeaseLostError) throw thrown
      reportBug(thrown)
    })
  }
}

/**
 * Ids, the longest untouched first. The tickets of a minute are counted in the history, so that neither a restart nor
 * another node begins a new minute.
 */
async function dueTickets(db: Db): Promise<string[]> {
  const { closeAfterDays: days } = await deskSettingsIn(db)
  if (days === 0) return []
  const { rows } = await sql<{ id: string }>`
    select id from tickets
    where status = 'resolved' and updated_at <= clock_timestamp() - ${days} * interval '1 day'
    order by updated_at
    limit greatest(0, ${limits.closedPerMinute} - (
      select count(*) from timeline where system = 'closing' and at > clock_timestamp() - interval '1 minute'))`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}
