import { randomUUID } from 'node:crypto'
import { serverContext } from '../audit/audit-context.ts'
import type { Lease } from '../database/lease.ts'
import { readClock } from '../database/now.ts'
import type { Db } from '../database/types.ts'
import { change } from '../log/change.ts'
import { lockTicket } from '../tickets/changes/lock-ticket.ts'

const actor = { kind: 'system', name: 'snoozing' } as const

/** The notification of a person on a ticket. */
export interface NotificationKey {
  personId: string
  ticketId: string
}

/** The system ends a snooze whose time has come. The notification becomes unread again. */
export async function endSnooze(
  db: Db,
  lease: Lease,
  { personId, ticketId }: NotificationKey,
): Promise<void> {
  const request = { actor, key: randomUUID(), fingerprint: '', audit: serverContext }
  await change(
    db,
    request,
    async (tx) => {
      await lockTicket(tx, actor, ticketId)
      const row = await tx
        .selectFrom('notifications')
        .select('snoozed_until')
        .where('person_id', '=', personId)
        .where('ticket_id', '=', ticketId)
        .executeTakeFirst()
      const until = row?.snoozed_until ?? null
      if (until === null || Date.parse(until) > (await readClock(tx)))
        return { result: {}, events: [] }

      const event = {
        name: 'notification:changed',
        ticketId,
        data: { ticketId, snoozedUntil: null, unread: true },
        audience: 'people',
        people: [personId],
      } as const
      return { result: {}, events: [event] }
    },
    { lease },
  )
}
