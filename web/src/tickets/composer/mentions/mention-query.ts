import { isOfSpacedWord, standsAt } from './shown-text.ts'
import type { KnownNames } from './shown-text.ts'

/** What is typed behind an `@`, to choose somebody by it. */
export interface MentionQuery {
  /** Where the `@` stands. */
  at: number
  typed: string
}

const longest = 60

/** The query that ends at the cursor; undefined where nobody is being mentioned, or a mention is complete. */
export function mentionQuery(
  shown: string,
  cursor: number,
  known: KnownNames,
): MentionQuery | undefined {
  const found = /@(?!\s)([^@\n]*)$/.exec(shown.slice(Math.max(0, cursor - longest), cursor))
  if (found === null) return undefined
  const [, typed = ''] = found
  const at = cursor - typed.length - 1
  if (isOfSpacedWord(shown[at - 1])) return undefined
  const isComplete = [...known.keys()].some(
    (name) => standsAt(shown, at, name) && typed.trimEnd() === name,
  )
  return isComplete ? undefined : { at, typed }
}
