import type { Consumer, Delivery } from '../consumers/consumer.ts'
import type { Db } from '../database/types.ts'
import { sendLink, takeLinks } from './link-mails.ts'
import type { LinkItem } from './link-mails.ts'
import type { Smtp } from './smtp.ts'
import { sendConcern, takeConcerns } from './ticket-mails.ts'
import type { TicketItem } from './ticket-mails.ts'
import type { UnsubscribeTokens } from './unsubscribe-tokens.ts'

export interface EmailParts {
  db: Db
  smtp: Smtp
  publicUrl: string
  tokens: UnsubscribeTokens
  /** How long an e-mail waits for more about its ticket, and for the person to see it. */
  gatherMs?: number | undefined
}

const defaultGatherMs = 3 * 60_000

/** Sends e-mails: links to set a password, and what concerns people who have not seen it. */
export function createEmailConsumer({
  gatherMs = defaultGatherMs,
  ...parts
}: EmailParts): Consumer {
  return {
    name: 'email',
    take: async (tx, events) => [
      ...(await takeLinks(tx, events)),
      ...(await takeConcerns(tx, events, gatherMs)),
    ],
    async deliver({ id, items }) {
      if (isOfLink(items)) return sendLink(parts.db, parts.smtp, parts.publicUrl, items[0])
      return sendConcern(parts, { id, items: items as readonly TicketItem[] })
    },
  }
}

function isOfLink(items: Delivery['items']): items is readonly [LinkItem] {
  return (items[0] as LinkItem | TicketItem | undefined)?.kind === 'link'
}
