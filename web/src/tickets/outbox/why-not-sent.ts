import type { OutboxItem } from '@deskbell/client'
import { sayError } from '../../ui/say-error.ts'

/** A sentence that says why a change was not sent, and what waits for the decision. */
export function whyNotSent({ error, change }: OutboxItem): string {
  switch (error?.code) {
    case 'tooOld':
      return 'Not sent: it waited for more than 25 days. Is it still right?'
    case 'unknownFormat':
      return 'Not sent: another version of Deskbell kept it. Copy what you need.'
    case 'not.found':
      return 'Not sent: the ticket is not here any more, or you may not see it.'
    case 'ticket.changed':
      return 'Not saved: it was changed after you chose this.'
    case 'ticket.replied':
      return 'Not sent: someone replied before it arrived. Nothing was lost.'
    default:
      return `Not ${change.kind === 'addComment' ? 'sent' : 'saved'}: ${sayError(error)}`
  }
}
