import type { Match } from '@deskbell/contract'
import { MatchParts } from '../../../ui/marks/match-parts.tsx'
import { nearMatch } from '../../../ui/words/near-match.ts'
import classes from './ticket-row.module.css'

interface RowSnippetProps {
  matches: readonly Match[] | undefined
}

/** The text that the search found outside the title. */
export function RowSnippet({ matches }: RowSnippetProps) {
  const found = matches?.find((match) => match.in !== 'title')
  if (found === undefined) return null
  return (
    <span className={classes['snippet']}>
      {found.in === 'comment' && 'Comment: '}
      <bdi>
        <MatchParts parts={nearMatch(found.parts)} />
      </bdi>
    </span>
  )
}
