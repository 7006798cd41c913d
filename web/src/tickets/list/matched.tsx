import type { Match } from '@deskbell/contract'

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

export function MatchParts({ parts }: Pick<Match, 'parts'>) {
  return parts.map((part, index) =>
    part.hit ? (
      // oxlint-disable-next-line react/no-array-index-key -- parts have no identity but their place
      <mark key={index}>{part.text}</mark>
    ) : (
      part.text
    ),
  )
}
