import type { Match } from '@deskbell/contract'

/**
 * The id of the comment in which a search found a ticket; undefined when the title or the description has the words.
 */
export function foundComment(matches: readonly Match[] | undefined): string | undefined {
  const isOnTop = matches?.some((match) => match.in !== 'comment')
  return isOnTop === true ? undefined : matches?.[0]?.commentId
}
