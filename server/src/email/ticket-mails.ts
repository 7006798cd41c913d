import { emailReasons } from '@deskbell/contract'
import type { EmailReason } from '@deskbell/contract'
import { consumerLimits } from '../consumers/consumer.ts'
import type { Delivered, Delivery, NewDelivery } from '../consumers/consumer.ts'
import { readClock } from '../database/now.ts'
import type { Db, Tx } from '../database/types.ts'
import type { LoggedEvent } from '../log/logged-event.ts'
import { messageId } from './mail.ts'
import { readConcern } from './read-concern.ts'
import type { Smtp } from './smtp.ts'
import { ticketLetter } from './ticket-letter.ts'
import type { UnsubscribeTokens } from './unsubscribe-tokens.ts'

/** An event that concerns a person. */
export interface TicketItem {
  kind: 'ticket'
  personId: string
  ticketId: string
  seq: number
  reason: EmailReason
  /** Who made the change; null: Deskbell itself. */
  byId: string | null
  commentId: string | null
}

/** What of the events concerns people for a reason of which they may be sent e-mails. */
export async function takeConcerns(
  tx: Tx,
  events: readonly LoggedEvent[],
  gatherMs: number,
): Promise<NewDelivery[]> {
  const concerning = events.filter(({ notified }) => notified !== null)
  if (concerning.length === 0) return []
  // After a long outage, what happened before nobody would have been sent any more is no news.
  const since = (await readClock(tx)) - consumerLimits.giveUpMs
  return concerning
    .filter(({ at }) => Date.parse(at) > since)
    .flatMap((event) => itemsOf(event))
    .map((item) => ({
      key: `ticket:${item.personId}:${item.ticketId}`,
      item,
      dueInMs: gatherMs,
    }))
}

function itemsOf(event: LoggedEvent): TicketItem[] {
  const { seq, ticketId, actor, notified } = event
  if (ticketId === null || notified === null) return []
  const byId = actor?.kind === 'person' ? actor.person.id : null
  const hasComment = event.name === 'ticket:commentAdded' || event.name === 'ticket:commentEdited'
  const commentId = hasComment ? event.data.comment.id : null
  return Object.entries(notified).flatMap(([personId, { reason, snooze }]) =>
    isEmailReason(reason) && snooze !== 'on'
      ? [{ kind: 'ticket' as const, personId, ticketId, seq, reason, byId, commentId }]
      : [],
  )
}

function isEmailReason(reason: string | undefined): reason is EmailReason {
  return (emailReasons as readonly (string | undefined)[]).includes(reason)
}

interface SendParts {
  db: Db
  smtp: Smtp
  publicUrl: string
  tokens: UnsubscribeTokens
}

/** Sends what of it is still to be told now: the person may see it, has not seen it, and wants e-mails of it. */
export async function sendConcern(
  { db, smtp, publicUrl, tokens }: SendParts,
  { id, items }: Delivery & { items: readonly TicketItem[] },
): Promise<Delivered> {
  const concern = await readConcern(db, items)
  if (concern === undefined) return { kind: 'done' }
  const { person, ticket, news } = concern
  const reasons = emailReasons.filter((reason) => news.some((one) => one.reason === reason))
  const [strongest] = reasons
  if (strongest === undefined) return { kind: 'done' }
  const unsubscribeUrl = (reason: EmailReason) =>
    `${publicUrl}/unsubscribe/${tokens.make(person.id, reason)}`
  return smtp.send({
    to: { name: person.name, address: person.email },
    messageId: messageId(publicUrl, id),
    inReplyTo: messageId(publicUrl, 'ticket', ticket.id),
    unsubscribeUrl: unsubscribeUrl(strongest),
    ...ticketLetter({
      ticket,
      news,
      url: `${publicUrl}/tickets/${ticket.number}`,
      stops: reasons.map((reason) => ({ reason, url: unsubscribeUrl(reason) })),
    }),
  })
}
