import { isStaff } from '@deskbell/contract'
import type { Reader } from '@deskbell/contract'
import type { LoggedEvent } from './logged-event.ts'

/**
 * Who may see an event. The only such rule: live delivery and replay both ask it, so a reconnect cannot show what the
 * live stream hid. People were written down under the ticket's lock, so who lost access is not among them.
 */
export function maySee(event: Pick<LoggedEvent, 'audience' | 'people'>, reader: Reader): boolean {
  switch (event.audience) {
    case 'participants':
      return isStaff(reader.role) || event.people.includes(reader.id)
    case 'staff':
      return isStaff(reader.role)
    case 'super_admins':
      return reader.role === 'super_admin'
    case 'people':
      return event.people.includes(reader.id)
    case 'others':
      return !isStaff(reader.role) && !event.people.includes(reader.id)
  }
}

/** Whether an event on a ticket is told to someone who raised or watches it, and not only because they are staff. */
export function isParticipant(event: LoggedEvent, reader: Reader): boolean {
  const isOfTicket = event.audience === 'participants' || event.audience === 'staff'
  return isOfTicket && event.ticketId !== null && event.people.includes(reader.id)
}
