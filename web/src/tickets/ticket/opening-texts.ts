import type { TicketState } from '@deskbell/client'
import { firstUnseen } from './timeline/timeline-blocks.ts'

interface Place {
  readerId: string
  /** The comment that the address names. */
  linkedId: string | undefined
}

interface OpeningTexts {
  /** Those on the screen when the ticket opens, and some around them. */
  inSight: ReadonlySet<string>
  /** All that are formatted before it shows: these, and others that take no time. */
  texts: string[]
}

/** So many texts fill any screen, and so do so many characters. */
const inSightAtMost = 24
const inSightCharacters = 10_000

/** A longer text may take longer to format than a reader should wait for one that is out of sight. */
const shortCharacters = 2_000

/** The texts of a ticket that opens: at the linked comment, at the first unseen item, or at the end. */
export function openingTexts(
  { ticket, timeline, gaps, seenAtOpen }: Extract<TicketState, { status: 'ready' }>,
  { readerId, linkedId }: Place,
): OpeningTexts {
  const comments = timeline.flatMap((item) => (item.kind === 'comment' ? [item] : []))
  const unseen = firstUnseen(timeline, gaps, { seen: seenAtOpen, readerId }) ?? Infinity
  const opensAt = comments.findIndex(({ seq, comment }) =>
    linkedId === undefined ? seq >= unseen : comment.id === linkedId,
  )
  const end = seenAtOpen === 0 ? 0 : comments.length
  const texts = [ticket.description, ...comments.map(({ comment }) => comment.body)]
  const near = nearestTo(opensAt < 0 ? end : opensAt + 1, texts)
  const short = texts.filter((text) => text.length <= shortCharacters)
  return {
    inSight: new Set(near),
    texts: [...near, ...short].filter((text) => text.trim() !== ''),
  }
}

function nearestTo(place: number, texts: readonly string[]): string[] {
  const byDistance = texts
    .map((text, index) => ({ text, away: Math.abs(index - place) }))
    .toSorted((one, other) => one.away - other.away)
    .slice(0, inSightAtMost)
  const near: string[] = []
  let characters = 0
  for (const { text } of byDistance) {
    if (characters >= inSightCharacters) break
    characters += text.length
    near.push(text)
  }
  return near
}
