import { randomUUID } from 'node:crypto'
import { serverContext } from '../../audit/audit-context.ts'
import type { Lease } from '../../database/lease.ts'
import { readClock } from '../../database/now.ts'
import type { Db } from '../../database/types.ts'
import { change } from '../../log/change.ts'
import { lockDeskSettings } from '../../settings/desk-settings.ts'
import { statusEvent } from './change-status.ts'
import { lockTicket } from './lock-ticket.ts'
import { saveTicket } from './save-ticket.ts'

const actor = { kind: 'system', name: 'closing' } as const
const dayMs = 24 * 3_600_000

/**
 * The system closes a ticket that is resolved, and on which nothing public has happened for as many days as the desk's
 * settings say.
 */
export async function closeResolved(db: Db, lease: Lease, id: string): Promise<void> {
  const request = { actor, key: randomUUID(), fingerprint: '', audit: serverContext }
  await change(
    db,
    request,
    async (tx) => {
      const { closeAfterDays: days } = await lockDeskSettings(tx, 'share')
      const { ticket } = await lockTicket(tx, actor, id)
      const dueAt = Date.parse(ticket.updatedAt) + days * dayMs
      const isDue = days > 0 && ticket.status === 'resolved' && dueAt <= (await readClock(tx))
      if (!isDue) return { result: {}, events: [] }

      const closed = { ...ticket, status: 'closed' as const }
      await saveTicket(tx, ticket, closed)
      return { result: {}, events: [statusEvent(ticket, closed, { afterDays: days })] }
    },
    { lease },
  )
}
