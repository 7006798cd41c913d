import { mayMoveTicket } from '@deskbell/contract'
import type { Status } from '@deskbell/contract'
import type { Db } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import { change } from '../../log/change.ts'
import type { ChangeRequest } from '../../log/change.ts'
import { lockTicket } from './lock-ticket.ts'
import { refuseStale } from './refuse-stale.ts'
import type { Base } from './refuse-stale.ts'
import { saveTicket } from './save-ticket.ts'
import type { Ticket } from '../ticket.ts'
import { ticketEvent } from './ticket-event.ts'

export function changeStatus(
  db: Db,
  request: ChangeRequest,
  id: string,
  status: Status,
  base: Base = {},
): Promise<{ id: string }> {
  return change(db, request, async (tx, actor) => {
    const { ticket, relationship } = await lockTicket(tx, actor, id)
    if (!mayMoveTicket(actor, relationship, ticket.status, status)) throw new DeskError('forbidden')
    if (ticket.status === status) return { result: { id }, events: [] }
    await refuseStale(tx, actor, ticket, 'status', base)

    const moved = { ...ticket, status }
    await saveTicket(tx, ticket, moved)
    return { result: { id }, events: [statusEvent(ticket, moved)] }
  })
}

interface StatusEventOptions {
  /** The system closed the ticket after so many days without a public event. */
  afterDays?: number
  accompanies?: boolean
}

export function statusEvent(
  before: Ticket,
  after: Ticket,
  { afterDays, accompanies = false }: StatusEventOptions = {},
) {
  const why = afterDays === undefined ? {} : { afterDays }
  const data = { oldStatus: before.status, newStatus: after.status, ...why }
  return ticketEvent('ticket:statusChanged', before, after, data, {
    timeline: { kind: 'status', data: { old: before.status, new: after.status, ...why } },
    accompanies,
  })
}
