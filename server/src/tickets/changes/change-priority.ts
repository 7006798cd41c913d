import { mayTriage } from '@deskbell/contract'
import type { Priority } from '@deskbell/contract'
import type { Db } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import { change } from '../../log/change.ts'
import type { ChangeRequest } from '../../log/change.ts'
import { lockTicket } from './lock-ticket.ts'
import { refuseStale } from './refuse-stale.ts'
import type { Base } from './refuse-stale.ts'
import { saveTicket } from './save-ticket.ts'
import { ticketEvent, urgentAlert } from './ticket-event.ts'

export function changePriority(
  db: Db,
  request: ChangeRequest,
  id: string,
  priority: Priority,
  base: Base = {},
): Promise<{ id: string }> {
  return change(db, request, async (tx, actor) => {
    const { ticket } = await lockTicket(tx, actor, id)
    if (!mayTriage(actor)) throw new DeskError('forbidden')
    if (ticket.priority === priority) return { result: { id }, events: [] }
    await refuseStale(tx, actor, ticket, 'priority', base)

    const changed = { ...ticket, priority }
    await saveTicket(tx, ticket, changed)
    const event = ticketEvent(
      'ticket:priorityChanged',
      ticket,
      changed,
      { oldPriority: ticket.priority, newPriority: priority },
      { timeline: { kind: 'priority', data: { old: ticket.priority, new: priority } } },
    )
    const alert = priority === 'urgent' ? [urgentAlert(changed, ticket.priority)] : []
    return { result: { id }, events: [event, ...alert] }
  })
}
