import { withPlainMentions } from '@deskbell/contract'
import type { EmailReason } from '@deskbell/contract'
import { letter } from './letter.ts'
import type { Letter, Part } from './letter.ts'
import type { News } from './read-concern.ts'

interface TicketWords {
  ticket: { number: number; title: string }
  news: readonly News[]
  url: string
  /** For each reason the page that stops its e-mails. */
  stops: readonly { reason: EmailReason; url: string }[]
}

/** The most news of one e-mail, and the most characters of each: the rest is in the ticket. */
const most = 10
const quoteLength = 2_000

/** The e-mail about a ticket. Its subject is the same each time, so that mail programs make one thread of them. */
export function ticketLetter({ ticket, news, url, stops }: TicketWords): {
  subject: string
} & Letter {
  const title = oneLine(ticket.title)
  const shown = news.slice(-most)
  const earlier = news.length - shown.length
  return {
    subject: `[#${ticket.number}] ${title}`,
    ...letter([
      { kind: 'quiet', text: `#${ticket.number} ${title}` },
      ...(earlier > 0
        ? [{ kind: 'text' as const, text: `${earlier} earlier: they are in the ticket.` }]
        : []),
      ...shown.map(partOf),
      { kind: 'button', label: 'Open the ticket', url },
      {
        kind: 'quiet',
        text: 'Deskbell sends this because you have not seen it there yet. An answer to this e-mail does not reach the ticket.',
      },
      ...stops.map(({ reason, url: stop }): Part => ({
        kind: 'link',
        label: `No more e-mails when ${when[reason]}`,
        url: stop,
      })),
    ]),
  }
}

/** When e-mails of each reason come. */
export const when: Record<EmailReason, string> = {
  mentioned: 'someone mentions you',
  assigned: 'a ticket is assigned to you',
  reply: 'someone writes on a ticket of yours, or one that you watch',
}

function partOf({ reason, by, comment }: News): Part {
  const who = by === null ? 'Deskbell' : oneLine(by)
  if (comment === null) return { kind: 'text', text: `${who} ${did[reason]}.` }
  const what = comment.internal ? 'an internal note' : 'a reply'
  const head = `${who} ${reason === 'mentioned' ? `mentioned you in ${what}` : `wrote ${what}`}`
  if (comment.body === null)
    return { kind: 'text', text: `${head}. You can read it in the ticket.` }
  return { kind: 'quote', by: `${head}:`, text: excerpt(withPlainMentions(comment.body)) }
}

const did: Record<EmailReason, string> = {
  mentioned: 'mentioned you in the description',
  assigned: 'assigned the ticket to you',
  reply: 'changed the ticket',
}

function excerpt(text: string): string {
  if (text.length <= quoteLength) return text
  return `${text.slice(0, quoteLength).toWellFormed()} …`
}

/** Without characters that would end the line, or turn the direction of what follows. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim()
}
