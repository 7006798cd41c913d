import type { Match } from '@deskbell/contract'

/** A text in which the words that a search found are marked. */
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
