import type { Match } from '@deskbell/contract'
import { MatchParts } from '../../../ui/marks/match-parts.tsx'

interface MatchedProps {
  text: string
  match: Match | undefined
}

/** A text with what the search found in it. */
export function Matched({ text, match }: MatchedProps) {
  // The row may have a newer title than the one that was searched.
  if (match?.parts.map((part) => part.text).join('') !== text) return text
  return <MatchParts parts={match.parts} />
}
