import type { Match } from '@deskbell/contract'

/** So much before what was found fits on a phone with it. */
const leadLength = 28

/** A text from shortly before the first thing found in it, so that this is on the screen however narrow that is. */
export function nearMatch(parts: Match['parts']): Match['parts'] {
  const [first, ...rest] = parts
  if (first === undefined || first.hit || first.text.length <= leadLength) return parts
  const cut = first.text.slice(-leadLength)
  const lead = cut.slice(cut.indexOf(' ') + 1)
  return [{ text: `…${lead}`, hit: false }, ...rest]
}
