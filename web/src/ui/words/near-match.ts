import type { Match } from '@deskbell/contract'

/** So much before what was found fits on a phone with it. */
const leadLength = 28

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** A text from shortly before the first thing found in it, so that this is on the screen however narrow that is. */
export function nearMatch(parts: Match['parts']): Match['parts'] {
  const hit = parts.findIndex((part) => part.hit)
  const before = parts.slice(0, Math.max(hit, 0))
  const lead = before.map((part) => part.text).join('')
  if (lead.length <= leadLength) return parts
  const end = [...characters.segment(lead)].slice(-leadLength)
  const cut = end.map(({ segment }) => segment).join('')
  return [{ text: `…${cut.slice(cut.indexOf(' ') + 1)}`, hit: false }, ...parts.slice(hit)]
}
