import type { Match } from '@deskbell/contract'

/** The comment that a search found a ticket by; undefined when its title or its description has the words. */
export function foundComment(matches: readonly Match[] | undefined): string | undefined {
  const isOnTop = matches?.some((match) => match.in !== 'comment')
  return isOnTop === true ? undefined : matches?.[0]?.commentId
}
