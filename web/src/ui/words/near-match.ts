import type { Match } from '@deskbell/contract'

/** This many characters before the match fit on a phone together with it. */
const leadLength = 28

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** A text from shortly before its first match, so that the match is visible on any screen. */
export function nearMatch(parts: Match['parts']): Match['parts'] {
  const hit = parts.findIndex((part) => part.hit)
  const before = parts.slice(0, Math.max(hit, 0))
  const lead = before.map((part) => part.text).join('')
  if (lead.length <= leadLength) return parts
  const end = [...characters.segment(lead)].slice(-leadLength)
  const cut = end.map(({ segment }) => segment).join('')
  return [{ text: `…${cut.slice(cut.indexOf(' ') + 1)}`, hit: false }, ...parts.slice(hit)]
}
