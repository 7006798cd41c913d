import type { Match } from '@deskbell/contract'
import { MatchParts } from '../../../ui/marks/match-parts.tsx'

interface MatchedProps {
  text: string
  match: Match | undefined
}

/** A text in which the words that the search found are marked. */
export function Matched({ text, match }: MatchedProps) {
  // The row may have a newer title than the one in which the search found its words.
  if (match?.parts.map((part) => part.text).join('') !== text) return text
  return <MatchParts parts={match.parts} />
}
