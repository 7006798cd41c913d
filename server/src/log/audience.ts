import { isStaff } from '@deskbell/contract'
import type { Reader } from '@deskbell/contract'
import type { LoggedEvent, Notice } from './logged-event.ts'

/**
 * Whether a reader may see an event. This is the only such rule: live delivery and replay both use it, so a reconnect
 * cannot show what the live stream hid. A change collects `people` while it holds the ticket's lock, so they do not
 * contain a person who had lost access by then.
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
    case 'everyone':
      return true
    case 'others':
      return !isStaff(reader.role) && !event.people.includes(reader.id)
  }
}

/** Whether the reader raised or watches the event's ticket. Staff see events of other tickets too. */
export function isParticipant(event: LoggedEvent, reader: Reader): boolean {
  const isOfTicket = event.audience === 'participants' || event.audience === 'staff'
  return isOfTicket && event.ticketId !== null && event.people.includes(reader.id)
}

/** Why the event concerns the reader. Undefined: it does not. */
export function noticeFor({ notified }: LoggedEvent, reader: Reader): Notice | undefined {
  return notified?.[reader.id]
}
